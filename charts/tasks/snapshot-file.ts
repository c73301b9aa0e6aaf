/** In the data folder of a run: `{"id": "…"}`, what the data is called. */
export const snapshotFile = 'snapshot.json';

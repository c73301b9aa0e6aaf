// Logistic regression over three features of a song: what training makes and the server asks.

export const features = ['danceability', 'energy', 'tempo'];

/** Probability that a song is a hit. */
export function predict({ weights, bias, mean, deviation }, song) {
  const score = features.reduce(
    (sum, feature, index) => sum + (weights[index] * (song[feature] - mean[index])) / deviation[index],
    bias,
  );
  return 1 / (1 + Math.exp(-score));
}

/** Gradient descent from zero: equal songs give an equal model. */
export function train(songs, { rounds = 300, rate = 0.5 } = {}) {
  const columns = features.map((feature) => songs.map((song) => song[feature]));
  const mean = columns.map(average);
  const deviation = columns.map((column, index) =>
    Math.sqrt(average(column.map((value) => (value - mean[index]) ** 2))),
  );
  const model = { weights: features.map(() => 0), bias: 0, mean, deviation };
  for (let round = 0; round < rounds; round += 1) {
    const errors = songs.map((song) => predict(model, song) - song.hit);
    model.bias -= rate * average(errors);
    model.weights = model.weights.map((weight, index) => {
      const gradient = errors.map(
        (error, row) => (error * (columns[index][row] - mean[index])) / deviation[index],
      );
      return weight - rate * average(gradient);
    });
  }
  return rounded(model);
}

/** Share of right answers and mean logarithmic loss. */
export function evaluate(model, songs) {
  const answers = songs.map((song) => ({ hit: song.hit, probability: predict(model, song) }));
  return {
    accuracy: average(answers.map(({ hit, probability }) => Number(probability >= 0.5 === (hit === 1)))),
    loss: average(
      answers.map(({ hit, probability }) => -Math.log(hit === 1 ? probability : 1 - probability)),
    ),
  };
}

function average(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Six digits, so that the last bits of a processor's arithmetic do not change the model's digest. */
function rounded(model) {
  const round = (value) => Number(value.toFixed(6));
  return {
    weights: model.weights.map(round),
    bias: round(model.bias),
    mean: model.mean.map(round),
    deviation: model.deviation.map(round),
  };
}

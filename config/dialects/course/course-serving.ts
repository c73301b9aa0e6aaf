const image =
  'registry.redhat.io/rhoai/odh-openvino-model-server-rhel9@sha256:defd01ac5a37a6138de73a8f1b10c676a2efa617238049378f8bc63fb0eb00c6';

/** OpenVINO model server, which reads the files that KServe mounts, and listens on a port for REST and one for gRPC. */
function serverAt(port: number) {
  return {
    image,
    args: [
      '--model_name={{.Name}}',
      '--model_path=/mnt/models',
      `--rest_port=${port}`,
      '--port=8001',
      '--file_system_poll_wait_seconds=0',
      '--metrics_enable',
    ],
    port,
    protocol: 'v2',
  } as const;
}

const transformerPort = 8080;
const serverPort = 8085;

function transformerOf(image: string, model: string, more: readonly string[]) {
  return {
    placement: 'sidecar',
    image,
    command: ['python', '-m', 'music_transformer'],
    args: [
      `--model_name=${model}`,
      '--predictor_protocol=v2',
      `--http_port=${transformerPort}`,
      '--grpc_port=8081',
      `--predictor_host=localhost:${serverPort}`,
      '--predictor_use_ssl=False',
      '--scaler_file_path=/mnt/models/1/artifacts/scaler.pkl',
      '--encoder_file_path=/mnt/models/1/artifacts/label_encoder.pkl',
      ...more,
    ],
    resources: { cpu: '1', memory: '2Gi' },
    port: transformerPort,
  } as const;
}

/** Servers and transformers of the course's charts, with their ports and arguments. */
export const courseServing = {
  resources: { cpu: '1', memory: '4Gi' },
  server: serverAt(8888),
  serverBehindTransformer: serverAt(serverPort),
  transformer: (model: string) => transformerOf('quay.io/rhoai-mlops/music_transformer:0.3', model, []),
  feastTransformer: (
    model: string,
    feast: { readonly server: string; readonly service: string; readonly entity: string },
  ) =>
    transformerOf('quay.io/rhoai-mlops/feast_music_transformer:0.4', model, [
      `--feast_server_url=${feast.server}`,
      `--feature_service=${feast.service}`,
      `--entity_id_name=${feast.entity}`,
    ]),
  autoscaling: { min: 1, max: 2, metric: 'cpu', target: 80 },
} as const;

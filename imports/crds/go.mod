module driftloop.dev/imports/crds

go 1.24

require (
	github.com/argoproj/argo-cd/v3 v3.5.1
	github.com/grafana/grafana-operator/v5 v5.18.0
	github.com/kedacore/keda/v2 v2.18.0
	github.com/kserve/kserve v0.20.0
	github.com/kubeflow/spark-operator/v2 v2.5.0
	github.com/kubeflow/trainer/v2 v2.3.0
	github.com/openshift/api v0.0.0-20240124164020-e2ce40831f2e
	github.com/prometheus-operator/prometheus-operator v0.93.0
	github.com/ray-project/kuberay/ray-operator v1.6.0
	github.com/tektoncd/pipeline v1.15.0
	github.com/tektoncd/triggers v0.37.0
	github.com/trustyai-explainability/trustyai-service-operator v1.38.0
	k8s.io/kubernetes v1.33.13
	sigs.k8s.io/gateway-api v1.5.1
)

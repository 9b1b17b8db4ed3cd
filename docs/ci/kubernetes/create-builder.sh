#!/bin/sh
# A pool of four builders in the cluster that kubectl is set to. Builds are spread over them.
exec docker buildx create --name pool --use --driver kubernetes \
  --driver-opt replicas=4,loadbalance=random,requests.cpu=2,requests.memory=4Gi

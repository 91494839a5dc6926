{{/* A deployment of one component. Takes root, component ("api" or "encoder") and roles. */}}
{{- define "cairn.deployment" -}}
{{- $root := .root -}}
{{- $settings := index $root.Values .component -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "cairn.fullname" $root }}-{{ .component }}
  labels:
    {{- include "cairn.labels" $root | nindent 4 }}
    app.kubernetes.io/component: {{ .component }}
spec:
  replicas: {{ $settings.replicas }}
  strategy:
    {{- if ne $root.Values.persistence.accessMode "ReadWriteMany" }}
    {{- /* A volume of one node lets the new pod start only when the old one is gone. */}}
    type: Recreate
    {{- else if eq .component "encoder" }}
    {{- /* Its jobs go on elsewhere, and there may be no spare device for one pod more. */}}
    type: RollingUpdate
    rollingUpdate: {maxSurge: 0, maxUnavailable: 1}
    {{- else }}
    type: RollingUpdate
    rollingUpdate: {maxSurge: 1, maxUnavailable: 0}
    {{- end }}
  selector:
    matchLabels:
      {{- include "cairn.selector" $root | nindent 6 }}
      app.kubernetes.io/component: {{ .component }}
  template:
    metadata:
      labels:
        {{- include "cairn.labels" $root | nindent 8 }}
        app.kubernetes.io/component: {{ .component }}
      {{- with $root.Values.podAnnotations }}
      annotations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
    spec:
      {{- include "cairn.pod" . | nindent 6 }}
{{- end }}

{{- define "cairn.pod" -}}
{{- $root := .root -}}
{{- $settings := index $root.Values .component -}}
automountServiceAccountToken: false
{{- /* The variables of a service named cairn would be read as settings. */}}
enableServiceLinks: false
terminationGracePeriodSeconds: {{ add $root.Values.shutdown.preStopSeconds $root.Values.shutdown.phaseSeconds 10 }}
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- with $settings.gpu.runtimeClassName }}
runtimeClassName: {{ . }}
{{- end }}
{{- with $root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with $settings.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $settings.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $settings.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
containers:
  - name: cairn
    image: "{{ $root.Values.image.repository }}:{{ default $root.Chart.AppVersion $root.Values.image.tag }}"
    imagePullPolicy: {{ $root.Values.image.pullPolicy }}
    securityContext:
      allowPrivilegeEscalation: false
      readOnlyRootFilesystem: true
      capabilities:
        drop: [ALL]
    env:
      {{- include "cairn.environment" . | nindent 6 }}
    ports:
      - name: http
        containerPort: 8080
    {{- include "cairn.probes" $root | nindent 4 }}
    lifecycle:
      preStop:
        sleep:
          seconds: {{ $root.Values.shutdown.preStopSeconds }}
    resources:
      {{- include "cairn.resources" $settings | nindent 6 }}
    volumeMounts:
      - name: data
        mountPath: /data
      - name: tmp
        mountPath: /tmp
      {{- if $root.Values.model.existingClaim }}
      - name: model
        mountPath: {{ $root.Values.model.path }}
        readOnly: true
      {{- end }}
      {{- if and $settings.gpu.count $settings.gpu.libraryClaim }}
      - name: libtorch
        mountPath: {{ $settings.gpu.libraryPath }}
        readOnly: true
      {{- end }}
volumes:
  - name: data
    {{- if $root.Values.persistence.enabled }}
    persistentVolumeClaim:
      claimName: {{ include "cairn.claim" $root }}
    {{- else }}
    emptyDir:
      sizeLimit: {{ $root.Values.persistence.size }}
    {{- end }}
  - name: tmp
    emptyDir:
      sizeLimit: {{ $root.Values.temporary.sizeLimit }}
  {{- with $root.Values.model.existingClaim }}
  - name: model
    persistentVolumeClaim:
      claimName: {{ . }}
      readOnly: true
  {{- end }}
  {{- if and $settings.gpu.count $settings.gpu.libraryClaim }}
  - name: libtorch
    persistentVolumeClaim:
      claimName: {{ $settings.gpu.libraryClaim }}
      readOnly: true
  {{- end }}
{{- end }}

{{- define "cairn.environment" -}}
{{- $values := .root.Values -}}
{{- $gpu := (index $values .component).gpu -}}
- name: CAIRN_ROLES
  value: {{ .roles | quote }}
- name: CAIRN_MODEL
  value: {{ $values.model.path }}
- name: CAIRN_ACCESS_ALLOWEDHOSTS
  value: {{ include "cairn.allowedHosts" .root | quote }}
- name: SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE
  value: {{ printf "%ds" (int $values.shutdown.phaseSeconds) }}
{{- /* On the pod's own disk: what one pod unpacks, no other may execute. */}}
- name: DJL_CACHE_DIR
  value: /tmp/djl
{{- /* Without the disk: pods on a full volume still read, ask and delete. */}}
- name: MANAGEMENT_ENDPOINT_HEALTH_GROUP_READINESS_INCLUDE
  value: readinessState,db
{{- range $name, $key := dict "URL" $values.database.keys.url "USERNAME" $values.database.keys.username "PASSWORD" $values.database.keys.password }}
- name: SPRING_DATASOURCE_{{ $name }}
  valueFrom:
    secretKeyRef:
      name: {{ $values.database.secretName }}
      key: {{ $key }}
{{- end }}
{{- if $gpu.count }}
- name: CAIRN_DEVICE
  value: cuda:0
- name: PYTORCH_LIBRARY_PATH
  value: {{ $gpu.libraryPath }}
- name: PYTORCH_VERSION
  value: "2.7.1"
- name: PYTORCH_FLAVOR
  value: {{ $gpu.flavor }}
- name: LD_LIBRARY_PATH
  value: {{ $gpu.libraryPath }}
{{- end }}
{{- range $name, $value := $values.environment }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}

{{/* Liveness never asks the database: a restart would not bring it back. */}}
{{- define "cairn.probes" -}}
startupProbe:
  httpGet: &liveness
    path: /actuator/health/liveness
    port: http
    httpHeaders:
      - name: Host
        value: localhost
  periodSeconds: 5
  timeoutSeconds: 2
  failureThreshold: {{ div (add .Values.probes.startupSeconds 4) 5 }}
livenessProbe:
  httpGet: *liveness
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet:
    path: /actuator/health/readiness
    port: http
    httpHeaders:
      - name: Host
        value: localhost
  periodSeconds: 3
  timeoutSeconds: 2
  failureThreshold: 2
{{- end }}

{{- define "cairn.resources" -}}
{{- $resources := deepCopy .resources -}}
{{- if .gpu.count -}}
{{- $devices := dict .gpu.resource (toString .gpu.count) -}}
{{- $_ := merge $resources (dict "limits" $devices "requests" $devices) -}}
{{- end -}}
{{- toYaml $resources -}}
{{- end }}

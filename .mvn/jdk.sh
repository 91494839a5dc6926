# Finds a JDK 25 and exports it as JAVA_HOME. Sourced by mvnw, cairn and .ci/run.

is_jdk_25() {
  [ -x "$1/bin/javac" ] && grep -q '^JAVA_VERSION="25[^0-9]' "$1/release" 2>/dev/null
}

jdk_candidates() {
  printf '%s\n' "${JAVA_HOME:-}"
  if on_path=$(command -v java); then
    dirname "$(dirname "$(readlink -f "$on_path")")"
  fi
  printf '%s\n' /usr/lib/jvm/* /opt/* "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home
}

find_jdk() {
  jdk_candidates | while IFS= read -r home; do
    if is_jdk_25 "$home"; then
      printf '%s\n' "$home"
      break
    fi
  done
}

use_jdk_25() {
  JAVA_HOME=$(find_jdk)
  if [ -z "$JAVA_HOME" ]; then
    echo "Cairn needs a JDK 25: install one (for example the package openjdk-25-jdk or temurin-25-jdk) or set JAVA_HOME to it." >&2
    exit 1
  fi
  export JAVA_HOME
}

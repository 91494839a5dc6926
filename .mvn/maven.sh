# Finds the Maven to build with. Sourced by mvnw.

maven_version=3.9.11
maven_sha512=bcfe4fe305c962ace56ac7b5fc7a08b87d5abd8b7e89027ab251069faebee516b0ded8961445d6d91ec1985dfe30f8153268843c89aa392733d1a3ec956c9978
maven_archive=https://archive.apache.org/dist/maven/maven-3/$maven_version/binaries/apache-maven-$maven_version-bin.tar.gz
maven_home=${MAVEN_USER_HOME:-$HOME/.m2}/wrapper/dists/apache-maven-$maven_version

fail() {
  rm -rf "${work:-}"
  echo "mvnw: $*" >&2
  exit 1
}

download() { # from, to
  if command -v curl >/dev/null; then
    curl --fail --silent --location --connect-timeout 5 --max-time 300 --output "$2" "$1"
  elif command -v wget >/dev/null; then
    wget --quiet --tries=1 --connect-timeout=5 --read-timeout=60 --output-document="$2" "$1"
  else
    return 1
  fi
}

sha512() { # file
  if command -v sha512sum >/dev/null; then
    sha512sum "$1"
  else
    shasum -a 512 "$1"
  fi | cut -d ' ' -f 1
}

# Unpacks beside its final place and renames, so that a broken run leaves no half Maven behind.
install_pinned_maven() {
  [ "$(sha512 "$work/maven.tar.gz")" = "$maven_sha512" ] ||
    fail "what $maven_archive gave does not have the expected SHA-512; it is not used"
  tar -xzf "$work/maven.tar.gz" -C "$work" || fail "cannot unpack Maven into ${maven_home%/*}"
  mv "$work/apache-maven-$maven_version" "$maven_home" || [ -x "$maven" ] ||
    fail "cannot put Maven into $maven_home"
}

is_maven_3_8() { # version
  case $1 in
    3.[89]* | 3.[1-9][0-9]*) return 0 ;;
    *) return 1 ;;
  esac
}

use_installed_maven() {
  maven=$(command -v mvn) ||
    fail "cannot fetch $maven_archive and no mvn is on the PATH: install Maven 3.8 or newer"
  version=$("$maven" --version | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p')
  is_maven_3_8 "$version" ||
    fail "cannot fetch $maven_archive and $maven is version $version: install Maven 3.8 or newer"
  echo "mvnw: Maven $maven_version cannot be fetched; using $maven $version" >&2
}

use_maven() {
  maven=$maven_home/bin/mvn
  if [ ! -x "$maven" ]; then
    mkdir -p "${maven_home%/*}"
    work=$(mktemp -d "${maven_home%/*}/.download.XXXXXX")
    if download "$maven_archive" "$work/maven.tar.gz"; then
      install_pinned_maven
    else
      use_installed_maven
    fi
    rm -rf "$work"
  fi
}

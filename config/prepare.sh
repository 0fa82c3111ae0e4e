# Sourced by start, test and bench: makes .venv from a lock file, once per content of the lock.

say() { printf '%s\n' "$*" >&2; }

stop() { # Vietnamese sentence, English sentence
    say "$1"
    say "$2"
    exit 1
}

step() { # Vietnamese, English
    printf '  … %s / %s\n' "$1" "$2" >&2
}

# Root in somebody else's checkout becomes that person, so that no file of theirs ends up belonging to root.
become_owner() {
    [ "$(id -u)" = 0 ] || return 0
    owner=$(stat -c %u .)
    [ "$owner" = 0 ] && return 0
    name=$(getent passwd "$owner" | cut -d: -f1)
    home=$(getent passwd "$owner" | cut -d: -f6)
    if [ -z "$name" ] || ! command -v setpriv >/dev/null; then return 0; fi
    say "Chạy bằng người dùng $name, chủ của thư mục này. / Running as $name, the owner of this folder."
    HOME=$home USER=$name LOGNAME=$name export HOME USER LOGNAME
    exec setpriv --reuid "$owner" --regid "$(stat -c %g .)" --init-groups -- "$(pwd)/$(basename "$0")" "$@"
}

find_python() { # candidates
    for candidate in "$@"; do
        [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1 || continue
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            python=$candidate
            return 0
        fi
    done
    stop "Cần Python 3.11 trở lên: hãy cài python3 (Debian 12 trở lên có sẵn)." \
        "Python 3.11 or newer is needed: install python3 (Debian 12 and later have it)."
}

check_space() { # megabytes
    free=$(df -Pm . | awk 'NR == 2 { print $4 }')
    [ "$free" -ge "$1" ] || stop \
        "Ổ đĩa gần đầy: còn $free MB, cần $1 MB. Hãy giải phóng dung lượng rồi chạy lại." \
        "The disk is nearly full: $free MB left, $1 MB needed. Free some space and start again."
}

# Debian without python3-venv has no pip for new environments: take its signed package of pip apart, installing nothing.
pip_from_debian() {
    command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || return 1
    step "Lấy pip từ kho Debian" "fetching pip from Debian's packages"
    apt=$(pwd)/.venv/apt
    mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$apt/content"
    set -- -qq -o "Dir::State::Lists=$apt/lists" -o "Dir::Cache=$apt/cache" -o APT::Sandbox::User= \
        -o Acquire::Languages=none -o Debug::NoLocking=1
    apt-get "$@" update && (cd "$apt" && apt-get "$@" download python3-pip-whl ca-certificates) || return 1
    for package in "$apt"/*.deb; do dpkg-deb -x "$package" "$apt/content" || return 1; done
    if [ ! -e /etc/ssl/certs/ca-certificates.crt ]; then
        cat "$apt"/content/usr/share/ca-certificates/mozilla/*.crt >"$apt/certificates.pem"
        PIP_CERT=${PIP_CERT:-$apt/certificates.pem} SSL_CERT_FILE=${SSL_CERT_FILE:-$apt/certificates.pem}
        export PIP_CERT SSL_CERT_FILE
    fi
    installer=".venv/bin/python $(echo .venv/apt/content/usr/share/python-wheels/pip-*.whl)/pip"
}

make_environment() {
    rm -rf .venv
    if "$python" -c 'import ensurepip, venv' 2>/dev/null && "$python" -m venv .venv >/dev/null 2>&1; then
        installer=".venv/bin/python -m pip"
        return 0
    fi
    rm -rf .venv
    "$python" -m venv --without-pip .venv || stop \
        "Python này thiếu mô-đun venv: hãy cài gói python3-venv." \
        "This Python lacks the module venv: install the package python3-venv."
    if "$python" -m pip --version >/dev/null 2>&1; then
        installer="$python -m pip --python .venv/bin/python"
        return 0
    fi
    pip_from_debian || stop \
        "Python này thiếu pip: hãy cài gói python3-venv (apt install python3-venv) rồi chạy lại." \
        "This Python lacks pip: install the package python3-venv (apt install python3-venv) and start again."
}

fingerprint() { # lock file
    printf '%s ' "$place"
    sha256sum <"$1"
}

is_made() { # lock files
    [ -x .venv/bin/python ] || return 1
    for lock in "$@"; do
        [ "$(cat ".venv/.made-from-$lock" 2>/dev/null)" = "$(fingerprint "$lock")" ] || return 1
    done
}

write_command() {
    packages=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    pwd >"$packages/ansinh.pth"
    cat >.venv/bin/ansinh <<END
#!/bin/sh
'''exec' "$(pwd)/.venv/bin/python" "\$0" "\$@"
' '''
from ansinh.cli.main import main

raise SystemExit(main())
END
    chmod 755 .venv/bin/ansinh
}

prepare_environment() { # lock files
    find_python "${PYTHON:-}" python3 python3.13 python3.12 python3.11 /usr/bin/python3
    place="$("$python" -c 'import sys; print(*sys.version_info[:2], sys.prefix)') $(pwd)"
    is_made "$@" && return 0
    check_space 1000
    if [ "$(cat .venv/.place 2>/dev/null)" = "$place" ] && .venv/bin/python -m pip --version >/dev/null 2>&1; then
        installer=".venv/bin/python -m pip"
    else
        step "Tạo môi trường Python" "making the Python environment"
        make_environment
    fi
    step "Cài các thư viện (một lần, khoảng một phút)" "installing the libraries (once, about a minute)"
    files=""
    for lock in "$@"; do files="$files -r $lock"; done
    # shellcheck disable=SC2086 # several words on purpose
    $installer install ${install_options:-} -qq --disable-pip-version-check --no-input --no-warn-script-location \
        --require-hashes --only-binary :all: $files || stop \
        "Không cài được thư viện: hãy kiểm tra kết nối tới kho gói Python và dung lượng đĩa rồi chạy lại." \
        "The libraries could not be installed: check the package index and the free disk space, then start again."
    write_command
    rm -rf .venv/apt
    printf '%s\n' "$place" >.venv/.place
    for lock in "$@"; do fingerprint "$lock" >".venv/.made-from-$lock"; done
}

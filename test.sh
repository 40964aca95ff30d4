#!/usr/bin/env bash
# Builds everything with warnings as errors, runs every test and ends with one line: N passed, N failed[, N skipped].
#
#   ./test.sh                        everything
#   ./test.sh -class '*ViaTests'     what the test runner's own options select (no minimum count then)
#
# As root on Debian it installs the real peers of the interop tests (Kamailio, SIPp, baresip, dnsmasq, OpenSSL) when they are missing;
# anywhere else the tests that need them are skipped, and it says so.
#
#   RXSIP_REQUIRE=interop,corpus     fail instead of skipping these
#   RXSIP_TEST_TIMEOUT=900           seconds after which the test run is ended
set -euo pipefail
cd "$(dirname "$0")"

peers=(kamailio kamailio-presence-modules kamailio-tls-modules kamailio-websocket-modules kamailio-xml-modules
    kamailio-outbound-modules kamailio-extra-modules kamailio-utils-modules sip-tester baresip-core dnsmasq-base python3 openssl)
minimum_file=Rx.Sip.Tests/minimum-test-count.txt
results=artifacts/test
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

say() { printf '%s\n' "$*"; }

passed=0 failed=0 skipped=0 temporary=
finish() { # however we end: no server left behind, the counts as the last line, and never a success without them
    local status=$?
    trap - EXIT
    stop_leftover_servers
    if [ "$failed" = 0 ] && { [ "$status" != 0 ] || [ "$passed" = 0 ]; }; then failed=1; fi
    say "$passed passed, $failed failed$([ "$skipped" = 0 ] || printf ', %s skipped' "$skipped")"
    if [ "$failed" = 0 ]; then exit 0; else exit 1; fi
}

stop_leftover_servers() { # those of a test run that was ended half-way
    [ -n "$temporary" ] || return 0
    local pid
    for pid in "$temporary"/*/pid; do
        [ -s "$pid" ] && Rx.Sip.Tests/Interop/kit/bin/sipserver stop "${pid%/pid}" || true
    done
    rm -rf "$temporary"
}

install_peers() {
    local missing=() package
    if ! command -v dpkg-query > /dev/null; then
        say "Real peers: not Debian, so nothing is installed; interop tests without their peer are skipped."
        return 0
    fi
    for package in "${peers[@]}"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null)" = installed ] || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" != 0 ]; then
        say "Real peers: not root, so these are not installed and interop tests without their peer are skipped: ${missing[*]}"
        return 0
    fi
    say "Real peers: installing ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    { timeout 300 apt-get update -qq && timeout 600 apt-get install -y -qq --no-install-recommends "${missing[@]}"; } \
        > "$results/apt.log" 2>&1 < /dev/null ||
        say "Real peers: could not be installed ($results/apt.log); interop tests without their peer are skipped."
}

attribute() { # the value of an attribute of the results' <assembly>
    grep -o "<assembly [^>]*" "$results/tests.xml" | grep -o " $1=\"[0-9]*\"" | tr -dc '0-9'
}

report_skips() {
    [ "$skipped" != 0 ] || return 0
    say "Skipped, and why:"
    grep -o '<reason><!\[CDATA\[[^]]*' "$results/tests.xml" | sed 's/.*CDATA\[//' | sort | uniq -c | sed 's/^/  /'
}

check_minimum() { # test methods that took part, so that a class nobody discovers is noticed
    local methods minimum
    methods=$(grep -o ' type="[^"]*" method="[^"]*"' "$results/tests.xml" | sort -u | wc -l)
    minimum=$(cat "$minimum_file")
    say "$methods test methods, $minimum at least"
    if [ "$methods" -lt "$minimum" ]; then
        say "FAILED: tests are missing. If they were removed on purpose, lower $minimum_file."
        failed=$((failed + 1))
    fi
}

trap finish EXIT
mkdir -p "$results"
rm -f "$results"/*
install_peers

command -v dotnet > /dev/null || { say "FAILED: needs the .NET SDK that global.json names; dotnet is not on PATH."; exit 1; }
say "Building"
dotnet build Rx.Sip.sln --nologo -v q -warnaserror < /dev/null

# Servers of the interop tests keep their files, and so their process ids, where we can find them again.
temporary=$(mktemp -d "${TMPDIR:-/tmp}/rxsip.XXXXXX")
say "Testing"
status=0
TMPDIR=$temporary timeout --kill-after=10 "${RXSIP_TEST_TIMEOUT:-900}" \
    Rx.Sip.Tests/bin/Debug/net10.0/Rx.Sip.Tests -noLogo -noColor -longRunning 60 -xml "$results/tests.xml" "$@" \
    < /dev/null 2>&1 | tee "$results/tests.log" || status=$?

if [ ! -s "$results/tests.xml" ]; then
    say "FAILED: the test run ended without results (exit code $status; 124 means it took too long)."
    exit 1
fi
passed=$(attribute passed)
failed=$(($(attribute failed) + $(attribute errors)))
skipped=$(attribute skipped)
report_skips
[ $# -gt 0 ] || check_minimum
exit "$status"

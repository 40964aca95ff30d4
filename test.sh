#!/usr/bin/env bash
# Builds everything with warnings as errors and runs every test.
set -euo pipefail
cd "$(dirname "$0")"
dotnet build Rx.Sip.sln --nologo -v q
Rx.Sip.Tests/bin/Debug/net10.0/Rx.Sip.Tests 2>&1 | tee artifacts.log | tail -5

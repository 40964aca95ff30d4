namespace Rx.Sip.Tests.Interop;

/// <summary>Which of the real peers are installed here.</summary>
internal static class PeerPrograms
{
    private static readonly (Peers Peer, string[] Programs)[] Needs =
    [
        (Peers.Kamailio, ["kamailio", "kamcmd", "openssl"]),
        (Peers.Sipp, ["sipp"]),
        (Peers.Baresip, ["baresip", "python3"]),
        (Peers.Dnsmasq, ["dnsmasq"]),
        (Peers.OpenSsl, ["openssl"]),
    ];

    /// <summary>A sentence that names the programs not found, or null when all are there.</summary>
    public static string? WhatIsMissing(Peers peers)
    {
        var missing = Needs.Where(need => peers.HasFlag(need.Peer)).SelectMany(need => need.Programs).Where(name => !IsOnPath(name));
        var names = string.Join(", ", missing);
        return names.Length == 0 ? null : $"needs real peers: {names} not on PATH (./test.sh installs them as root on Debian)";
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, program)));
}

using System.Diagnostics;
using System.Net;

namespace Rx.Sip.Tests.Interop;

/// <summary>A dnsmasq of its own on a free loopback port, which knows the records it is given and asks nobody.</summary>
internal sealed class DnsmasqServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new("dnsmasq-");
    private readonly Process _process;

    private DnsmasqServer(IEnumerable<string> records, IPEndPoint endPoint)
    {
        EndPoint = endPoint;
        File.WriteAllLines(_folder["conf"],
        [
            $"port={endPoint.Port}", "listen-address=127.0.0.1", "bind-interfaces", "no-resolv", "no-hosts", "no-poll", "local=/test/",
            "user=root", "group=root", "auth-ttl=60", "local-ttl=60", $"pid-file={_folder["pid"]}", .. records,
        ]);
        _process = Process.Start(new ProcessStartInfo("dnsmasq", ["--keep-in-foreground", $"--conf-file={_folder["conf"]}", $"--log-facility={_folder["log"]}"]))!;
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>Starts one with records as lines of its configuration; ready when it returns.</summary>
    public static async Task<DnsmasqServer> StartAsync(params string[] records)
    {
        var server = new DnsmasqServer(records, new IPEndPoint(IPAddress.Loopback, LoopbackPort.Free()));
        try
        {
            await Eventually.IsTrueAsync(() => server._process.HasExited || LoopbackPort.IsListening(server.EndPoint.Port));
            return server._process.HasExited ? throw new InvalidOperationException($"dnsmasq ended: {server._folder.Read("log")}") : server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }
}

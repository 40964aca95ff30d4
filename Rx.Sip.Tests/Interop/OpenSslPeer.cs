using System.Diagnostics;
using System.Net;
using System.Text;

namespace Rx.Sip.Tests.Interop;

/// <summary>A running <c>openssl s_client</c> or <c>s_server</c>: octets go through its one connection as they are, in both directions.</summary>
internal sealed class OpenSslPeer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _log = new();
    private readonly Task _read;

    private OpenSslPeer(IPEndPoint endPoint, IEnumerable<string> arguments)
    {
        EndPoint = endPoint;
        _process = Process.Start(new ProcessStartInfo("openssl", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _read = Task.WhenAll(ReadAsync(_process.StandardOutput, _output), ReadAsync(_process.StandardError, _log));
    }

    /// <summary>Where it listens, or what it has called.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>What came over the connection so far.</summary>
    public string Output => TextOf(_output);

    /// <summary>What openssl has said about it so far.</summary>
    public string Log => TextOf(_log);

    /// <summary>A client that calls the address.</summary>
    public static OpenSslPeer Call(IPEndPoint server, params IEnumerable<string> options) =>
        new(server, ["s_client", "-connect", $"{server}", "-brief", "-nocommands", "-ign_eof", .. options]);

    /// <summary>A server that takes one caller; it listens when this returns.</summary>
    public static async Task<OpenSslPeer> ListenAsync(params IEnumerable<string> options)
    {
        var endPoint = new IPEndPoint(IPAddress.Loopback, LoopbackPort.Free());
        var server = new OpenSslPeer(endPoint, ["s_server", "-accept", $"{endPoint}", "-brief", "-naccept", "1", .. options]);
        await Eventually.IsTrueAsync(() => LoopbackPort.IsListening(endPoint.Port) || server._process.HasExited);
        return server._process.HasExited ? throw new InvalidOperationException($"openssl ended: {server.Log}") : server;
    }

    public async Task WriteAsync(string text)
    {
        await _process.StandardInput.WriteAsync(text);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Waits until it has ended by itself, because there was no connection or there is none any more.</summary>
    public async Task EndAsync()
    {
        await _process.WaitForExitAsync();
        await _read;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await EndAsync();
        _process.Dispose();
    }

    private static async Task ReadAsync(StreamReader reader, StringBuilder text)
    {
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer) is > 0 and var count)
        {
            lock (text)
                text.Append(buffer, 0, count);
        }
    }

    private static string TextOf(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }
}

using System.Net;

namespace Rx.Sip.Benchmarks.EndToEnd;

/// <summary>A <see cref="ServerProgram"/> in a process of its own.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly OtherProcess _process;

    public ServerProcess(Subject subject, SipTransportType transport)
    {
        _process = new OtherProcess("serve", subject.Name, transport.ToString());
        Address = IPEndPoint.Parse(_process.ReadLine());
    }

    public IPEndPoint Address { get; }

    public Usage Usage => Usage.Parse(_process.Ask(""));

    public void Dispose() => _process.Dispose();
}

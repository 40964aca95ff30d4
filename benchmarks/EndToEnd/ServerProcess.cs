using System.Diagnostics;
using System.Net;

namespace Rx.Sip.Benchmarks.EndToEnd;

/// <summary>A <see cref="ServerProgram"/> in a process of its own.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    public ServerProcess(Subject subject, SipTransportType transport)
    {
        // Under `dotnet run` and `dotnet x.dll` alike the program beside the assembly is ours.
        var program = Path.Combine(AppContext.BaseDirectory, typeof(ServerProcess).Assembly.GetName().Name!);
        _process = Process.Start(new ProcessStartInfo(program, ["serve", subject.Name, transport.ToString()])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Address = IPEndPoint.Parse(ReadLine());
    }

    public IPEndPoint Address { get; }

    public Usage Usage
    {
        get
        {
            _process.StandardInput.WriteLine();
            return Usage.Parse(ReadLine());
        }
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(5000))
            _process.Kill();
        _process.Dispose();
    }

    private string ReadLine() => _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The server process ended.");
}

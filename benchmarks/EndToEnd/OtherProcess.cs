using System.Diagnostics;

namespace Rx.Sip.Benchmarks.EndToEnd;

/// <summary>This program in a process of its own, talked to line by line; it ends when its input does.</summary>
internal sealed class OtherProcess : IDisposable
{
    private readonly Process _process;

    public OtherProcess(params string[] arguments)
    {
        // Under `dotnet run` and `dotnet x.dll` alike the program beside the assembly is ours.
        var program = Path.Combine(AppContext.BaseDirectory, typeof(OtherProcess).Assembly.GetName().Name!);
        _process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
    }

    /// <summary>Sends a line and gives the one that comes back.</summary>
    public string Ask(string question)
    {
        _process.StandardInput.WriteLine(question);
        return ReadLine();
    }

    public string ReadLine() => _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The other process ended.");

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(5000))
            _process.Kill();
        _process.Dispose();
    }
}

using System.Diagnostics;
using System.Text;

namespace Rx.Sip.Tests.Interop;

/// <summary>A script of the interop kit, run with nothing on its input; disposing it ends it and what it started.</summary>
internal sealed class Command : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Task _outputRead;
    private readonly Task<string> _errors;

    private Command(Process process)
    {
        _process = process;
        _outputRead = ReadAsync(process.StandardOutput);
        _errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Close();
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Its standard output so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>Starts <c>kit/SCRIPT</c> with the arguments and the added environment.</summary>
    public static Command Start(string script, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>>? environment = null)
    {
        var start = new ProcessStartInfo(Repository.Path("Rx.Sip.Tests", "Interop", "kit", script), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? [])
            start.Environment[name] = value;
        return new Command(Process.Start(start)!);
    }

    /// <summary>Runs it to its end and gives its standard output; a failure carries its standard error.</summary>
    public static async Task<string> RunAsync(string script, params string[] arguments)
    {
        await using var command = Start(script, arguments);
        var (exitCode, output, errors) = await command.EndAsync();
        return exitCode == 0
            ? output
            : throw new InvalidOperationException($"{script} {string.Join(' ', arguments)} ended with {exitCode}: {errors}{output}");
    }

    public async Task<(int ExitCode, string Output, string Errors)> EndAsync()
    {
        await _process.WaitForExitAsync();
        await _outputRead;
        return (_process.ExitCode, Output, await _errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await EndAsync();
        _process.Dispose();
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_output)
                _output.Append(line).Append('\n');
        }
    }
}

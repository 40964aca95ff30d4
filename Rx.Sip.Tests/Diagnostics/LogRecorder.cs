using Microsoft.Extensions.Logging;

namespace Rx.Sip.Tests.Diagnostics;

/// <summary>Keeps what is logged from a level on, as lines of level, category and text.</summary>
internal sealed class LogRecorder(LogLevel from) : ILoggerFactory
{
    public List<string> Lines { get; } = [];

    /// <summary>A text that makes the log throw; null for none.</summary>
    public string? Rejects { get; init; }

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(LogRecorder owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= owner.From;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            owner.Add($"{logLevel} {category}: {formatter(state, exception)}");
    }

    private LogLevel From => from;

    private void Add(string line)
    {
        if (Rejects is not null && line.Contains(Rejects, StringComparison.Ordinal))
            throw new InvalidOperationException("The log is broken.");
        Lines.Add(line);
    }
}

using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Rx.Sip.Testing.Time;

/// <summary>One call on virtual time that has not run yet; disposing cancels it.</summary>
internal sealed class ScheduledCall(VirtualTime time, DateTimeOffset dueTime, Delegate action, object? state) : IDisposable
{
    private readonly StackTrace? _origin = time.RemembersCallers ? new StackTrace() : null;

    public DateTimeOffset DueTime => dueTime;

    /// <summary>The scheduler's own handle.</summary>
    public IDisposable? Started { get; set; }

    /// <summary>
    /// Whose code will run. Rx wraps what it is given in lambdas of its own, so the first method that is not Rx's is looked for
    /// in what it was given.
    /// </summary>
    public string Owner => (Describe(action) ?? Search(state, depth: 3) ?? Name(action)) + Caller;

    public void Forget() => time.Forget(this);

    public void Dispose()
    {
        Forget();
        Started?.Dispose();
    }

    // Where in the library or the test the call comes from, by way of however many of Rx's operators.
    private string Caller =>
        _origin?.GetFrames().Select(frame => frame.GetMethod()).FirstOrDefault(method => !IsRx(method?.DeclaringType) && !IsOurs(method?.DeclaringType)) is { } caller
            ? $" scheduled by {caller.DeclaringType}.{caller.Name}"
            : "";

    private static bool IsOurs(Type? type) => type == typeof(VirtualTime) || type == typeof(ScheduledCall);

    private static string? Search(object? within, int depth) => within switch
    {
        null => null,
        Delegate inner => Describe(inner) ?? (depth > 0 ? Search(inner.Target, depth - 1) : null),
        ITuple parts => Enumerable.Range(0, parts.Length).Select(i => depth > 0 ? Search(parts[i], depth - 1) : null).FirstOrDefault(found => found is not null),
        _ when IsRx(within.GetType()) => null,
        _ => within.GetType().FullName,
    };

    private static string? Describe(Delegate candidate) => IsRx(candidate.Method.DeclaringType) ? null : Name(candidate);

    private static string Name(Delegate named) => $"{named.Method.DeclaringType}.{named.Method.Name}";

    private static bool IsRx(Type? type) => type?.Assembly == typeof(System.Reactive.Unit).Assembly;
}

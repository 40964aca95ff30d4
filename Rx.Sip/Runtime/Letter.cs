namespace Rx.Sip.Runtime;

/// <summary>What a mailbox runs: something to do, and what it is done with.</summary>
/// <param name="Action">What is to be done; a static lambda, so that posting allocates nothing.</param>
/// <param name="First">The first of what it is done with.</param>
/// <param name="Second">The second.</param>
internal readonly record struct Letter(Action<object?, object?> Action, object? First, object? Second)
{
    /// <summary>Runs it, whatever it does: <paramref name="onError"/> is told of an exception it let escape.</summary>
    public void Run(Action<Exception> onError) => Run(static (report, error) => ((Action<Exception>)report)(error), onError);

    /// <summary>The same with a static lambda that is told whose letter it was.</summary>
    public void Run(Action<object, Exception> onError, object owner)
    {
        try
        {
            Action(First, Second);
        }
        // The next letter has to be run.
        catch (Exception error)
        {
            Report(error, onError, owner);
        }
    }

    private static void Report(Exception error, Action<object, Exception> onError, object owner)
    {
        try
        {
            onError(owner, error);
        }
        catch (Exception)
        {
            // Whoever is told of errors may fail as well, a log for example; nobody is left to tell, and the next letter has to be run.
        }
    }
}

namespace Rx.Sip.Registration;

/// <summary>What has gone wrong in a row, and when that allows the next attempt. Pure.</summary>
/// <param name="Failures">Attempts that failed.</param>
/// <param name="Flaps">Losses that came as soon as the registration stood: failures in disguise.</param>
/// <param name="NotBefore">Before when the registrar does not want to be asked.</param>
internal sealed record RetryCount(int Failures, int Flaps, DateTimeOffset NotBefore)
{
    public static RetryCount None { get; } = new(0, 0, default);

    /// <summary>The number of the next attempt, from 1.</summary>
    public int Attempt => Failures + Flaps + 1;

    /// <summary>An attempt failed, after the registration had stood long enough to count or not.</summary>
    public RetryCount Failed(bool wasSettled) => this with { Failures = Failures + 1, Flaps = wasSettled ? 0 : Flaps };

    /// <summary>The registration was lost, after it had stood long enough to count or not.</summary>
    public RetryCount Lost(bool wasSettled) => this with { Flaps = wasSettled ? 0 : Flaps + 1 };

    /// <summary>An attempt succeeded; only time tells whether it counts.</summary>
    public RetryCount Succeeded() => Flaps == 0 ? None : this with { Failures = 0, NotBefore = default };

    /// <summary>The registrar does not want to be asked for that long (RFC 3261 §20.33). The longest wish counts.</summary>
    public RetryCount NotWithin(TimeSpan? retryAfter, DateTimeOffset now) =>
        RetryTime.Floor(retryAfter, now) is var floor && floor > NotBefore ? this with { NotBefore = floor } : this;

    /// <summary>When the next attempt starts.</summary>
    public DateTimeOffset Due(RecoveryPolicy recovery, bool doOthersStand, DateTimeOffset now, double jitter)
    {
        var due = now + RetryTime.Wait(recovery, Failures + Flaps, doOthersStand, jitter);
        return due > NotBefore ? due : NotBefore;
    }
}

namespace Rx.Sip.Transactions;

/// <summary>
/// The loss algorithm (RFC 7339 §7). Every request adds its share to a debt of refusals, and an ordinary one pays a whole refusal off with
/// a probability that grows with the debt: chance decides which, while the number refused stays within a few of what was
/// asked for, whatever the mix. Preferred requests are refused only when the ordinary ones can't pay for them.
/// </summary>
internal sealed class LossGate(int percent) : OverloadGate
{
    /// <summary>How many refusals the ordinary requests may be behind before preferred ones are refused as well.</summary>
    public const int Reserve = 5;

    private double _debt;

    public override int Value { get; set; } = percent;

    public override bool Admits(TimeSpan now, bool isPreferred, double random)
    {
        _debt += Value / 100.0;
        if (_debt <= random + (isPreferred ? Reserve : 0))
            return true;
        _debt--;
        return false;
    }

    // The debt has an end, or a flood of what can't be refused would silence everything else for long.
    public override void Pass(TimeSpan now) => _debt = Math.Min(_debt + Value / 100.0, Reserve + 1);
}

namespace Rx.Sip.Authentication;

/// <summary>
/// Which counts of a nonce have been used: the highest, and the 64 below it, since requests overtake each other. Lower ones
/// count as used.
/// </summary>
internal sealed class NonceUses
{
    private uint _highest;
    private ulong _below;

    /// <summary>Notes the use; false when it is a replay.</summary>
    public bool TryUse(uint count)
    {
        if (count == 0)
            return false;
        if (count > _highest)
        {
            var distance = count - _highest;
            _below = (distance < 64 ? _below << (int)distance : 0) | (distance <= 64 ? 1UL << (int)(distance - 1) : 0);
            _highest = count;
            return true;
        }
        var back = _highest - count;
        if (back is 0 or > 64 || (_below & (1UL << (int)(back - 1))) != 0)
            return false;
        _below |= 1UL << (int)(back - 1);
        return true;
    }
}

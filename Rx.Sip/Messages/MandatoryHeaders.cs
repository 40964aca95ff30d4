namespace Rx.Sip.Messages;

/// <summary>Where the headers stand that every message must have, found in one look; -1 for what is missing.</summary>
internal struct MandatoryHeaders
{
    private HeaderId _repeated;

    public int Via { get; private set; }

    public int From { get; private set; }

    public int To { get; private set; }

    public int CallId { get; private set; }

    public int CSeq { get; private set; }

    public int MaxForwards { get; private set; }

    public static MandatoryHeaders Of(MessageFrame frame)
    {
        var found = new MandatoryHeaders { Via = -1, From = -1, To = -1, CallId = -1, CSeq = -1, MaxForwards = -1 };
        var slots = frame.Slots;
        for (var i = 0; i < slots.Length; i++)
            found.Take(slots[i].Id, i);
        return found;
    }

    /// <summary>What is wrong with Via, From, To, Call-ID and with what may stand but once; null when nothing is.</summary>
    public readonly string? Defect(MessageFrame frame)
    {
        if (Via < 0 || From < 0 || To < 0 || CallId < 0 || CSeq < 0)
            return $"Missing {HeaderTable.NameOf(Missing)}";
        if (_repeated != HeaderId.Unknown)
            return $"More Than One {HeaderTable.NameOf(_repeated)}";
        var slots = frame.Slots;
        if (!MessageCheck.AreVias(frame.ValueOf(slots[Via])))
            return "Malformed Via";
        if (!IsAddress(frame.ValueOf(slots[From])))
            return "Malformed From";
        if (!IsAddress(frame.ValueOf(slots[To])))
            return "Malformed To";
        return IsCallId(frame.ValueOf(slots[CallId])) ? null : "Malformed Call-ID";
    }

    private readonly HeaderId Missing =>
        Via < 0 ? HeaderId.Via : From < 0 ? HeaderId.From : To < 0 ? HeaderId.To : CallId < 0 ? HeaderId.CallId : HeaderId.CSeq;

    private void Take(HeaderId id, int index)
    {
        switch (id)
        {
            case HeaderId.Via:
                Via = Via < 0 ? index : Via;
                break;
            case HeaderId.From:
                From = Once(From, id, index);
                break;
            case HeaderId.To:
                To = Once(To, id, index);
                break;
            case HeaderId.CallId:
                CallId = Once(CallId, id, index);
                break;
            case HeaderId.CSeq:
                CSeq = Once(CSeq, id, index);
                break;
            case HeaderId.MaxForwards:
                MaxForwards = Once(MaxForwards, id, index);
                break;
        }
    }

    private int Once(int before, HeaderId id, int index)
    {
        if (before < 0)
            return index;
        _repeated = id;
        return before;
    }

    private static bool IsAddress(ReadOnlySpan<byte> text) =>
        AddressParts.TryRead(text, out var parts) && UriParts.TryRead(parts.Uri, out _) && ParameterReader.IsReadable(parts.Parameters);

    private static bool IsCallId(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAny((byte)' ', (byte)'\t');
}

namespace Rx.Sip.Messages.Bodies.Sdp;

/// <summary>
/// Offer and answer (RFC 3264) as far as signalling needs it: payload formats are matched by encoding, clock rate and channels; what format
/// parameters, keys and candidates mean is left to who handles media.
/// </summary>
public static class SdpOfferAnswer
{
    /// <summary>
    /// The answer to an offer (RFC 3264 §6). Each offered medium takes the first of ours, not yet taken, of the same medium and protocol with a
    /// format in common; one that finds none is refused with port 0. Formats are those in common, in the offer's order and under its payload
    /// types; the direction is the offer's seen from here, as far as ours allows it. Origin, addresses, ports and all other attributes are ours.
    /// </summary>
    /// <param name="offer">What the peer offers.</param>
    /// <param name="capabilities">All we could do, as a description: what we would offer ourselves.</param>
    public static SdpDescription CreateAnswer(SdpDescription offer, SdpDescription capabilities)
    {
        ArgumentNullException.ThrowIfNull(offer);
        ArgumentNullException.ThrowIfNull(capabilities);
        var free = capabilities.Media.Where(ours => !ours.IsRejected).ToList();
        return capabilities
            .WithoutAttribute("group")
            .WithTimings(offer.Timings)
            .WithMedia([.. offer.Media.Select(offered => SdpAnswerMedia.Answer(offer, offered, capabilities, free))]);
    }

    /// <summary>
    /// A description that is sent where another was before (RFC 3264 §8): its origin is that of the previous one, the version counted up by
    /// one if anything has changed.
    /// </summary>
    public static SdpDescription CreateChange(SdpDescription previous, SdpDescription next)
    {
        ArgumentNullException.ThrowIfNull(previous);
        ArgumentNullException.ThrowIfNull(next);
        var unchanged = next.WithOrigin(previous.Origin);
        return unchanged.Equals(previous) ? unchanged : next.WithOrigin(previous.Origin.WithVersion(previous.Origin.Version + 1));
    }

    /// <summary>What keeps an answer from fitting its offer (RFC 3264 §6); empty when it fits.</summary>
    public static IReadOnlyList<SdpMismatch> CheckAnswer(SdpDescription offer, SdpDescription answer)
    {
        ArgumentNullException.ThrowIfNull(offer);
        ArgumentNullException.ThrowIfNull(answer);
        if (offer.Media.Length != answer.Media.Length)
            return [new SdpMismatch(null, $"The answer has {answer.Media.Length} media, the offer {offer.Media.Length}")];
        var times = offer.Timings.AsSpan().SequenceEqual(answer.Timings.AsSpan()) ? null : new SdpMismatch(null, "The answer's t= lines are not the offer's");
        return [.. new[] { times }.OfType<SdpMismatch>(), .. Enumerable.Range(0, offer.Media.Length).SelectMany(position => SdpAnswerMedia.Check(offer, answer, position))];
    }

    /// <summary>What keeps a description from standing where another of the same peer was before (RFC 3264 §8); empty when nothing does.</summary>
    public static IReadOnlyList<SdpMismatch> CheckChange(SdpDescription previous, SdpDescription next)
    {
        ArgumentNullException.ThrowIfNull(previous);
        ArgumentNullException.ThrowIfNull(next);
        if (!previous.Origin.IsSameSession(next.Origin))
            return [new SdpMismatch(null, "The o= line names another session")];
        var expected = CreateChange(previous, next).Origin.Version;
        var mismatches = new List<SdpMismatch>();
        if (next.Origin.Version != expected)
            mismatches.Add(new SdpMismatch(null, $"The version is {next.Origin.Version}, not {expected}"));
        if (next.Media.Length < previous.Media.Length)
            mismatches.Add(new SdpMismatch(null, $"There are {next.Media.Length} media where {previous.Media.Length} were before"));
        for (var i = 0; i < Math.Min(previous.Media.Length, next.Media.Length); i++)
            if (!previous.Media[i].IsRejected && previous.Media[i].Media != next.Media[i].Media)
                mismatches.Add(new SdpMismatch(i, $"The medium was {previous.Media[i].Media} and is {next.Media[i].Media}"));
        return mismatches;
    }
}

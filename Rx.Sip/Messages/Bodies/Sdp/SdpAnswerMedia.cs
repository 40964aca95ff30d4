namespace Rx.Sip.Messages.Bodies.Sdp;

/// <summary>One medium of an answer: made, and held against the offer (RFC 3264 §6).</summary>
internal static class SdpAnswerMedia
{
    private const string Mid = "mid";
    private const string Mux = "rtcp-mux";

    public static SdpMediaDescription Answer(SdpDescription offer, SdpMediaDescription offered, SdpDescription capabilities, List<SdpMediaDescription> free)
    {
        var place = offered.IsRejected ? -1 : free.FindIndex(ours => IsSameKind(offered, ours) && HaveCommonFormat(offered, ours));
        if (place < 0)
            return Named(SdpMediaDescription.Create(offered.Media, 0, offered.Protocol, offered.Formats), offered);
        var ours = free[place];
        free.RemoveAt(place);
        var answer = Named(WithCommonFormats(ours, offered), offered);
        if (!offered.HasAttribute(Mux))
            answer = answer.WithoutAttribute(Mux);
        var direction = Allowed(offer, offered) & capabilities.DirectionOf(ours);
        return direction == capabilities.DirectionOf(ours) ? answer : answer.WithDirection(direction);
    }

    public static IEnumerable<SdpMismatch> Check(SdpDescription offer, SdpDescription answer, int position)
    {
        var (offered, answered) = (offer.Media[position], answer.Media[position]);
        if (!IsSameKind(offered, answered))
            yield return new SdpMismatch(position, $"{offered.Media} over {offered.Protocol} is answered by {answered.Media} over {answered.Protocol}");
        else if (offered.IsRejected && !answered.IsRejected)
            yield return new SdpMismatch(position, "A medium offered with port 0 is accepted");
        else if (!answered.IsRejected && !HaveCommonFormat(offered, answered))
            yield return new SdpMismatch(position, "No format of the answer was offered");
        if (!answered.IsRejected && (answer.DirectionOf(answered) & ~Mirrored(offer.DirectionOf(offered))) != 0)
            yield return new SdpMismatch(position, $"{SdpText.NameOf(offer.DirectionOf(offered))} is answered by {SdpText.NameOf(answer.DirectionOf(answered))}");
    }

    private static bool IsSameKind(SdpMediaDescription one, SdpMediaDescription other) =>
        one.Media == other.Media && string.Equals(one.Protocol, other.Protocol, StringComparison.OrdinalIgnoreCase);

    private static bool HaveCommonFormat(SdpMediaDescription one, SdpMediaDescription other) =>
        one.Codecs.IsEmpty || other.Codecs.IsEmpty
            ? one.Formats.Intersect(other.Formats).Any()
            : one.Codecs.Select(codec => codec.Encoding).Intersect(other.Codecs.Select(codec => codec.Encoding)).Any();

    private static SdpMediaDescription WithCommonFormats(SdpMediaDescription ours, SdpMediaDescription offered)
    {
        if (ours.Codecs.IsEmpty || offered.Codecs.IsEmpty)
            return ours.WithFormats(offered.Formats.Intersect(ours.Formats));
        var known = ours.Codecs.DistinctBy(codec => codec.Encoding).ToDictionary(codec => codec.Encoding);
        return ours.WithCodecs(offered.Codecs
            .DistinctBy(codec => codec.PayloadType)
            .Where(codec => known.ContainsKey(codec.Encoding))
            .Select(codec => codec.WithFormatParameters(known[codec.Encoding].FormatParameters)));
    }

    // A peer that gives 0.0.0.0 as its address must not be sent anything, RFC 3264 §8.4.
    private static SdpDirection Allowed(SdpDescription offer, SdpMediaDescription offered)
    {
        var direction = Mirrored(offer.DirectionOf(offered));
        return offer.ConnectionOf(offered) is { IsHold: true } ? direction & ~SdpDirection.SendOnly : direction;
    }

    // What one sends, the other receives.
    private static SdpDirection Mirrored(SdpDirection direction) =>
        (direction.HasFlag(SdpDirection.SendOnly) ? SdpDirection.ReceiveOnly : 0) | (direction.HasFlag(SdpDirection.ReceiveOnly) ? SdpDirection.SendOnly : 0);

    // RFC 5888 §9.1: the answer calls a medium what the offer calls it.
    private static SdpMediaDescription Named(SdpMediaDescription answer, SdpMediaDescription offered) =>
        offered.Identification is { } mid ? answer.WithAttribute(Mid, mid) : answer.WithoutAttribute(Mid);
}

using Rx.Sip.Messages.Bodies.Sdp;

namespace Rx.Sip.Tests.Messages.Bodies;

/// <summary>Asks a description for everything it can be asked for: what was accepted must not throw afterwards.</summary>
internal static class Views
{
    public static bool Of(SdpDescription description)
    {
        _ = (description.Origin, description.SessionName, description.Connection, description.Timings.Length, description.Groups.Count, description.Direction);
        _ = (description.Bandwidths.Length, description.Attributes.Length, description.EmailAddresses.Count, description.GetHashCode());
        foreach (var media in description.Media)
            _ = (media.Connection, media.Codecs.Length, media.Bandwidths.Length, media.Attributes.Length, media.PacketTime, description.DirectionOf(media));
        return true;
    }
}

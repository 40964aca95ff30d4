using Rx.Sip.Messages;
using Rx.Sip.Messages.Bodies;
using Rx.Sip.Messages.Bodies.Mime;
using Rx.Sip.Messages.Bodies.Sdp;

namespace Rx.Sip.Tool.Parsing;

/// <summary>The parts of a body one below the other, and of a session description what is offered where, for people.</summary>
internal sealed class BodyView(Terminal terminal)
{
    public void Show(SipMessage message)
    {
        foreach (var part in message.Parts())
        {
            terminal.Markup($"    [grey]part[/]  {Terminal.Plain($"{part.ContentType.Name}, {part.Body.Length} octets, {part.Disposition.Type}{(part.IsHandlingRequired ? "" : ", optional")}")}");
            if (part.IsMultipart)
                MimeMultipart.Read(part).Match(_ => 0, Unreadable);
            else if (part.ContentType.Is("application/sdp"))
                SdpDescription.Read(part).Match(Show, Unreadable);
        }
    }

    private int Show(SdpDescription description)
    {
        foreach (var media in description.Media)
        {
            var formats = media.Codecs.IsEmpty ? media.Formats.AsEnumerable() : media.Codecs.Select(codec => $"{codec.Name}/{codec.ClockRate}");
            var place = media.IsRejected ? "refused" : $"{description.ConnectionOf(media)?.Address}:{media.Port}, {Spelled(description.DirectionOf(media))}";
            terminal.Markup($"          {Terminal.Plain($"{media.Media} over {media.Protocol}: {string.Join(", ", formats)} ({place})")}");
        }
        return description.Media.Length;
    }

    private int Unreadable(BodyError error)
    {
        terminal.Markup($"          [red]unreadable[/]  {Terminal.Plain(error.ToString())}");
        return 0;
    }

    private static string Spelled(SdpDirection direction) => direction switch
    {
        SdpDirection.SendReceive => "both ways",
        SdpDirection.SendOnly => "sends only",
        SdpDirection.ReceiveOnly => "receives only",
        _ => "inactive",
    };
}

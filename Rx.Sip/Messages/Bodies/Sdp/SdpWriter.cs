using System.Text;

namespace Rx.Sip.Messages.Bodies.Sdp;

/// <summary>Writes a session description.</summary>
internal static class SdpWriter
{
    public static string Text(SdpDescription description)
    {
        var text = new StringBuilder(512);
        Append(text, description);
        foreach (var media in description.Media)
            Append(text, media);
        return text.ToString();
    }

    public static byte[] Octets(SdpDescription description)
    {
        var text = Text(description);
        var isLatin = description.IsLatin && text.AsSpan().IndexOfAnyExceptInRange('\0', '\u00FF') < 0;
        return (isLatin ? Encoding.Latin1 : Encoding.UTF8).GetBytes(text);
    }

    private static void Append(StringBuilder text, SdpSection section)
    {
        foreach (var (type, value) in section.Lines)
            text.Append(type).Append('=').Append(value).Append("\r\n");
    }
}

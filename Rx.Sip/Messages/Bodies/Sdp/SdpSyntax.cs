namespace Rx.Sip.Messages.Bodies.Sdp;

/// <summary>Whether values can be read, without reading them: what a description is checked for when it arrives, most of which no one asks for.</summary>
internal static class SdpSyntax
{
    public static bool IsReadable(char type, ReadOnlySpan<char> value) => type switch
    {
        'v' => value is "0",
        'o' => IsOrigin(value),
        'c' => IsConnection(value),
        'b' => IsBandwidth(value),
        't' => IsTiming(value),
        'a' => value is not ("" or [':', ..]),
        _ => true,
    };

    private static bool IsOrigin(ReadOnlySpan<char> value)
    {
        Span<Range> fields = stackalloc Range[7];
        return Split(value, fields) == 6 && SdpText.IsDigits(value[fields[1]]) && SdpText.TryNumber(value[fields[2]], out _);
    }

    private static bool IsConnection(ReadOnlySpan<char> value)
    {
        Span<Range> fields = stackalloc Range[4];
        return Split(value, fields) == 3;
    }

    private static bool IsTiming(ReadOnlySpan<char> value)
    {
        Span<Range> fields = stackalloc Range[3];
        return Split(value, fields) == 2 && SdpText.TryNumber(value[fields[0]], out _) && SdpText.TryNumber(value[fields[1]], out _);
    }

    private static bool IsBandwidth(ReadOnlySpan<char> value) =>
        value.IndexOf(':') is > 0 and var colon && SdpText.IsToken(value[..colon]) && SdpText.TryNumber(value[(colon + 1)..], out _);

    private static int Split(ReadOnlySpan<char> value, Span<Range> fields) => value.Split(fields, ' ', StringSplitOptions.RemoveEmptyEntries);
}

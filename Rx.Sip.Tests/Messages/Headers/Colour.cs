using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Rx.Sip.Tests.Messages.Headers;

/// <summary>What a user's own header may hold.</summary>
internal sealed record Colour(byte Red, byte Green, byte Blue)
{
    public static bool TryParse(string? text, [NotNullWhen(true)] out Colour? colour)
    {
        colour = text is ['#', .. { Length: 6 } digits] && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb)
            ? new Colour((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb)
            : null;
        return colour is not null;
    }

    public override string ToString() => $"#{Red:X2}{Green:X2}{Blue:X2}";
}

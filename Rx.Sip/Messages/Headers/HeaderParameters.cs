using System.Globalization;
using System.Text;

namespace Rx.Sip.Messages.Headers;

/// <summary>The numbers and times among parameters; null when the parameter is missing or no such value.</summary>
internal static class HeaderParameters
{
    public static TimeSpan? Seconds(this SipParameters parameters, string name) =>
        parameters.Get(name) is { } text && Shapes.TrySeconds(Encoding.UTF8.GetBytes(text), out var seconds) ? seconds : null;

    public static int? Count(this SipParameters parameters, string name) =>
        parameters.Get(name) is { } text && Shapes.TryCount(Encoding.UTF8.GetBytes(text), out var number) ? number : null;

    /// <summary><c>q</c>, from 0 to 1; 1 when it is missing or unreadable (RFC 3261 §20.1).</summary>
    public static double Quality(this SipParameters parameters) =>
        parameters.Get("q") is { } text
        && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var quality) && quality <= 1 ? quality : 1;
}

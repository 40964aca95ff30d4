using System.Diagnostics.CodeAnalysis;
using Rx.Sip.Messages;

namespace Rx.Sip;

/// <summary>URIs by user and host alone, as <see cref="SipUri.UserAtHost"/> has them, whatever the case, and without making text of them.</summary>
internal sealed class AorComparer : IEqualityComparer<SipUri>
{
    public bool Equals(SipUri? x, SipUri? y) =>
        ReferenceEquals(x, y) || (x is not null && y is not null && Same(UserOf(x), UserOf(y)) && Same(HostOf(x), HostOf(y)));

    public int GetHashCode([DisallowNull] SipUri obj) => HashCode.Combine(Hash(UserOf(obj)), Hash(HostOf(obj)));

    private static string? UserOf(SipUri uri) => uri.User;

    // A telephone number is somebody wherever he is.
    private static string? HostOf(SipUri uri) => uri.IsTel ? null : uri.Host;

    private static bool Same(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static int Hash(string? text) => text is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(text);
}

using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Rx.Sip.Messages;
using Rx.Sip.Messages.Headers;

namespace Rx.Sip.Registration.Outbound;

/// <summary>
/// What a registrar said about a binding besides its lifetime: how requests travel, how the flow is kept alive, and under which
/// names this one instance can be called (RFC 3327, 3608, 5626, 5627, 6223).
/// </summary>
public sealed record BindingTerms
{
    /// <summary>Nothing was said.</summary>
    public static BindingTerms None { get; } = new();

    /// <summary>Whether the registrar and the first proxy keep to RFC 5626: the binding is one of several flows of one instance.</summary>
    public bool IsOutbound { get; init; }

    /// <summary>How long the server waits for signs of life before it may take the flow for dead (Flow-Timer, or <c>keep</c> in Via); null when it did not say.</summary>
    public TimeSpan? FlowTimer { get; init; }

    /// <summary>Whether the first hop promised to answer keep-alives.</summary>
    public bool AnswersKeepAlives { get; init; }

    /// <summary>Our address as the first hop sees it, through all NATs (RFC 3581); null when it did not say.</summary>
    public IPEndPoint? SeenAs { get; init; }

    /// <summary>The way requests of ours have to take (RFC 3608), the first hop first; empty when any will do.</summary>
    public ImmutableArray<NameAddress> ServiceRoutes { get; init; } = [];

    /// <summary>The proxies by which requests reach us (RFC 3327).</summary>
    public ImmutableArray<NameAddress> Paths { get; init; } = [];

    /// <summary>A URI of this instance that anybody may use and that tells the address-of-record (RFC 5627); null when there is none.</summary>
    public SipUri? PublicGruu { get; init; }

    /// <summary>A URI of this instance that tells nothing, good as long as the registration lasts (RFC 5627); null when there is none.</summary>
    public SipUri? TemporaryGruu { get; init; }

    /// <summary>Reads them from the success of a REGISTER.</summary>
    /// <param name="response">The success.</param>
    /// <param name="contact">Our contact as it is listed there; null when it is not.</param>
    internal static BindingTerms Of(SipResponse response, NameAddress? contact)
    {
        var paths = response.GetAll(HeaderFields.Path);
        var keep = response.TopVia?.Parameters.Get("keep") is { } text && uint.TryParse(text, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        var flowTimer = response.Get(HeaderFields.FlowTimer);
        var isOutbound = response.Require.Contains("outbound", StringComparer.OrdinalIgnoreCase);
        return new BindingTerms
        {
            IsOutbound = isOutbound,
            FlowTimer = flowTimer ?? (keep > TimeSpan.Zero ? keep : null),
            // keep=0 is a promise without a wish (RFC 6223 §4.3); "ob" is the first hop's word for it (RFC 5626 §8).
            AnswersKeepAlives = isOutbound || flowTimer is not null || keep is not null || paths.Any(path => path.Uri.Parameters.Contains("ob")),
            SeenAs = Seen(response.TopVia),
            ServiceRoutes = [.. response.GetAll(HeaderFields.ServiceRoute)],
            Paths = [.. paths],
            PublicGruu = Gruu(contact, "pub-gruu"),
            TemporaryGruu = Gruu(contact, "temp-gruu"),
        };
    }

    /// <summary>Equal when everything that was said is.</summary>
    public bool Equals(BindingTerms? other) =>
        other is not null && IsOutbound == other.IsOutbound && FlowTimer == other.FlowTimer && AnswersKeepAlives == other.AnswersKeepAlives && Equals(SeenAs, other.SeenAs)
        && Equals(PublicGruu, other.PublicGruu) && Equals(TemporaryGruu, other.TemporaryGruu)
        && ServiceRoutes.SequenceEqual(other.ServiceRoutes) && Paths.SequenceEqual(other.Paths);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(IsOutbound, FlowTimer, PublicGruu, TemporaryGruu, ServiceRoutes.Length, Paths.Length);

    private static IPEndPoint? Seen(Via? via) =>
        via is not null && ushort.TryParse(via.Parameters.Get("rport"), CultureInfo.InvariantCulture, out var port)
        && IPAddress.TryParse((via.Parameters.Get("received") ?? via.Host).Trim('[', ']'), out var address) ? new IPEndPoint(address, port) : null;

    private static SipUri? Gruu(NameAddress? contact, string name) =>
        contact?.Parameters.Get(name) is { } text && SipUri.TryParse(text, out var uri) ? uri : null;
}

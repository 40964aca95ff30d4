using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Xml;
using Rx.Sip.Messages;

namespace Rx.Sip.Subscriptions.Registrations;

/// <summary>
/// Reads registration information (RFC 3680 §5.1) that somebody sent: no DTD, nothing fetched, bounded in size, depth and number; unknown
/// elements and attributes are passed over, and a contact that can't be read is left out.
/// </summary>
internal sealed class RegistrationInformationReader
{
    /// <summary>The media type.</summary>
    public const string MediaType = "application/reginfo+xml";

    /// <summary>The octets a document may have.</summary>
    public const int MaxOctets = 256 * 1024;

    /// <summary>The contacts a document may have.</summary>
    public const int MaxContacts = 200;

    private const string Namespace = "urn:ietf:params:xml:ns:reginfo";
    private const int MaxDepth = 16;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        MaxCharactersInDocument = MaxOctets,
        MaxCharactersFromEntities = 1024,
        CloseInput = true,
    };

    private readonly ImmutableDictionary<string, string>.Builder _registrations = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
    private readonly ImmutableArray<ContactElement>.Builder _contacts = ImmutableArray.CreateBuilder<ContactElement>();
    private readonly XmlReader _xml;

    private RegistrationInformationReader(XmlReader xml) => _xml = xml;

    /// <summary>Reads a document; false for anything that is none, or too much.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> text, [NotNullWhen(true)] out RegistrationInformation? document)
    {
        document = null;
        if (text.Length > MaxOctets)
            return false;
        try
        {
            using var xml = XmlReader.Create(new MemoryStream(text.ToArray(), writable: false), Settings);
            document = new RegistrationInformationReader(xml).Read();
        }
        // Whatever an XML reader finds wrong with what came from the network.
        catch (Exception error) when (error is XmlException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
        return document is not null;
    }

    private RegistrationInformation? Read()
    {
        if (_xml.MoveToContent() != XmlNodeType.Element || !Is("reginfo")
            || !uint.TryParse(_xml.GetAttribute("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            || _xml.GetAttribute("state") is not ("full" or "partial"))
            return null;
        var isFull = _xml.GetAttribute("state") == "full";
        if (!TryReadChildren(() => !Is("registration") || TryReadRegistration()))
            return null;
        // To the end, which may be malformed as well.
        while (_xml.Read())
        {
        }
        return new RegistrationInformation(version, isFull, _registrations.ToImmutable(), _contacts.ToImmutable());
    }

    private bool TryReadRegistration()
    {
        if (_xml.GetAttribute("id") is not { } id || _xml.GetAttribute("aor") is not { } aor)
            return true;
        _registrations[id] = aor.Trim();
        return TryReadChildren(() => !Is("contact") || TryReadContact(id));
    }

    private bool TryReadContact(string registration)
    {
        var (id, isActive, happened) = (_xml.GetAttribute("id"), _xml.GetAttribute("state") == "active", _xml.GetAttribute("event"));
        var (expires, retryAfter, q) = (Seconds("expires"), Seconds("retry-after"), _xml.GetAttribute("q"));
        var (uri, name, parameters) = ((SipUri?)null, (string?)null, SipParameters.Empty);
        if (q is not null)
            parameters = With(parameters, "q", q);
        var isRead = TryReadChildren(() =>
        {
            if (Is("uri"))
                uri = SipUri.TryParse(Text(), out var read) ? read : null;
            else if (Is("display-name"))
                name = Text();
            else if (Is("unknown-param") && _xml.GetAttribute("name") is { } parameter)
                parameters = With(parameters, parameter, Text());
            return true;
        });
        if (!isRead || _contacts.Count >= MaxContacts)
            return false;
        if (id is not null && uri is not null)
            _contacts.Add(new ContactElement(registration, id, new NameAddress(name, uri, parameters), isActive, EventOf(happened)) { Expires = expires, RetryAfter = retryAfter });
        return true;
    }

    // Leaves the reader at the end of the element, or at it if it is empty.
    private bool TryReadChildren(Func<bool> tryRead)
    {
        if (_xml.IsEmptyElement)
            return true;
        var depth = _xml.Depth;
        if (depth >= MaxDepth)
            return false;
        while (_xml.Read() && _xml.Depth > depth)
            if (_xml.NodeType == XmlNodeType.Element && (_xml.Depth >= MaxDepth || (_xml.Depth == depth + 1 && !tryRead())))
                return false;
        return true;
    }

    // The text of an element and of those in it; leaves the reader at its end.
    private string Text()
    {
        if (_xml.IsEmptyElement)
            return "";
        var (depth, text) = (_xml.Depth, new System.Text.StringBuilder());
        while (_xml.Read() && _xml.Depth > depth)
            if (_xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
                text.Append(_xml.Value);
        return text.ToString().Trim();
    }

    private bool Is(string name) => _xml.LocalName == name && _xml.NamespaceURI == Namespace;

    private TimeSpan? Seconds(string name) =>
        uint.TryParse(_xml.GetAttribute(name), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;

    // What could not stand in a Contact is nothing to go by. Some leave out the quotes.
    private static SipParameters With(SipParameters parameters, string name, string text)
    {
        string? value = text.Length == 0 ? null : text;
        var written = SipParameters.IsOneParameter(name, value) ? value : Grammar.Quote(text);
        return SipParameters.IsOneParameter(name, written) ? parameters.With(name, written) : parameters;
    }

    /// <summary>What an event is called.</summary>
    public static ContactEvent EventOf(string? name) => name switch
    {
        "registered" => ContactEvent.Registered,
        "created" => ContactEvent.Created,
        "refreshed" => ContactEvent.Refreshed,
        "shortened" => ContactEvent.Shortened,
        "expired" => ContactEvent.Expired,
        "deactivated" => ContactEvent.Deactivated,
        "probation" => ContactEvent.Probation,
        "unregistered" => ContactEvent.Unregistered,
        "rejected" => ContactEvent.Rejected,
        _ => ContactEvent.Unknown,
    };
}

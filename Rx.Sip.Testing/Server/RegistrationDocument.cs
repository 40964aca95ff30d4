using System.Globalization;
using System.Xml;
using Rx.Sip.Messages;

namespace Rx.Sip.Testing.Server;

/// <summary>Writes the documents of one subscription (RFC 3680 §5): versions that count up, all there is or what has changed since.</summary>
internal sealed class RegistrationDocument(string aor)
{
    private const string Namespace = "urn:ietf:params:xml:ns:reginfo";

    // Those that RFC 3261 does not know and that tell devices apart.
    private static readonly string[] Parameters = ["+sip.instance", "reg-id"];

    private readonly Dictionary<string, (ServerBindingChangeKind Kind, ServerBinding Binding)> _changes = new(StringComparer.Ordinal);
    private uint _version;

    /// <summary>Something has changed that the next document tells.</summary>
    public void Note(ServerBindingChangeKind kind, ServerBinding binding) => _changes[IdOf(binding)] = (kind, binding);

    /// <summary>The next document.</summary>
    /// <param name="all">What is bound, for a full document; null for a partial one.</param>
    /// <param name="now">The instant.</param>
    public byte[] Write(IReadOnlyList<ServerBinding>? all, DateTimeOffset now)
    {
        if (all is not null)
            foreach (var binding in all)
                _changes.TryAdd(IdOf(binding), (ServerBindingChangeKind.Added, binding));
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new System.Text.UTF8Encoding(false) }))
        {
            xml.WriteStartElement("reginfo", Namespace);
            xml.WriteAttributeString("version", _version++.ToString(CultureInfo.InvariantCulture));
            xml.WriteAttributeString("state", all is null ? "partial" : "full");
            xml.WriteStartElement("registration", Namespace);
            xml.WriteAttributeString("aor", aor);
            xml.WriteAttributeString("id", "r");
            xml.WriteAttributeString("state", _changes.Values.Any(change => IsActive(change.Kind)) ? "active" : "terminated");
            foreach (var (kind, binding) in _changes.Values)
                Write(xml, kind, binding, now);
        }
        _changes.Clear();
        return stream.ToArray();
    }

    private static void Write(XmlWriter xml, ServerBindingChangeKind kind, ServerBinding binding, DateTimeOffset now)
    {
        xml.WriteStartElement("contact", Namespace);
        xml.WriteAttributeString("id", IdOf(binding));
        xml.WriteAttributeString("state", IsActive(kind) ? "active" : "terminated");
        xml.WriteAttributeString("event", EventOf(kind));
        if (IsActive(kind))
            xml.WriteAttributeString("expires", ((long)Math.Ceiling((binding.Until - now).TotalSeconds)).ToString(CultureInfo.InvariantCulture));
        if (kind == ServerBindingChangeKind.Probation)
            xml.WriteAttributeString("retry-after", "300");
        xml.WriteElementString("uri", Namespace, binding.Contact.Uri.ToString());
        foreach (var name in Parameters.Where(binding.Contact.Parameters.Contains))
        {
            xml.WriteStartElement("unknown-param", Namespace);
            xml.WriteAttributeString("name", name);
            xml.WriteString(name == "reg-id" ? binding.Contact.Parameters.Get(name) : Grammar.Quote(binding.Instance!));
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static bool IsActive(ServerBindingChangeKind kind) => kind is ServerBindingChangeKind.Added or ServerBindingChangeKind.Refreshed or ServerBindingChangeKind.Shortened;

    private static string EventOf(ServerBindingChangeKind kind) => kind switch
    {
        ServerBindingChangeKind.Added => "registered",
        ServerBindingChangeKind.Removed => "unregistered",
        _ => kind.ToString().ToLowerInvariant(),
    };

    private static string IdOf(ServerBinding binding) => $"{binding.Contact.Uri}#{binding.Contact.Parameters.Get("reg-id")}";
}

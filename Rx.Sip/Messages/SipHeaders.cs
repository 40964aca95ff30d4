using System.Collections;

namespace Rx.Sip.Messages;

/// <summary>The header fields of a message in their order, unknown ones included. A view: nothing is decoded until it is asked for.</summary>
public sealed class SipHeaders : IReadOnlyList<SipHeader>
{
    private readonly SipMessage _message;

    internal SipHeaders(SipMessage message) => _message = message;

    /// <summary>How many header fields there are.</summary>
    public int Count => _message.Slots.Length;

    /// <summary>The header field at a position.</summary>
    public SipHeader this[int index]
    {
        get
        {
            var slot = _message.Slots[index];
            return new SipHeader(Grammar.Text(_message.NameOf(slot)), Grammar.Text(_message.ValueOf(slot)));
        }
    }

    /// <summary>The value of the first field of that name, or null. Names compare without case; a compact form and its long name are one.</summary>
    public string? Get(string name) =>
        HeaderName.Of(name).IndexIn(_message.Frame, 0) is >= 0 and var index ? Grammar.Text(_message.ValueOf(_message.Slots[index])) : null;

    /// <summary>The values of all fields of that name, in order.</summary>
    public IReadOnlyList<string> GetAll(string name)
    {
        var header = HeaderName.Of(name);
        var values = new List<string>();
        for (var i = header.IndexIn(_message.Frame, 0); i >= 0; i = header.IndexIn(_message.Frame, i + 1))
            values.Add(Grammar.Text(_message.ValueOf(_message.Slots[i])));
        return values;
    }

    /// <summary>Whether there is a field of that name.</summary>
    public bool Contains(string name) => HeaderName.Of(name).IndexIn(_message.Frame, 0) >= 0;

    /// <inheritdoc/>
    public IEnumerator<SipHeader> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

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
    public string? Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (var slot in _message.Slots)
            if (_message.IsNamed(slot, name))
                return Grammar.Text(_message.ValueOf(slot));
        return null;
    }

    /// <summary>The values of all fields of that name, in order.</summary>
    public IReadOnlyList<string> GetAll(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var values = new List<string>();
        foreach (var slot in _message.Slots)
            if (_message.IsNamed(slot, name))
                values.Add(Grammar.Text(_message.ValueOf(slot)));
        return values;
    }

    /// <summary>Whether there is a field of that name.</summary>
    public bool Contains(string name) => Get(name) is not null;

    /// <inheritdoc/>
    public IEnumerator<SipHeader> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

namespace Rx.Sip.Messages.Headers;

/// <summary>How the elements of a list header stand in their lines.</summary>
internal sealed class ListForm
{
    private readonly byte _separator;
    private readonly bool _isPlain;
    private readonly bool _hasWildcard;

    private ListForm(char separator, bool isPlain, bool hasWildcard) => (_separator, _isPlain, _hasWildcard) = ((byte)separator, isPlain, hasWildcard);

    /// <summary>Elements between commas, which quotes and angle brackets hide (RFC 3261 §7.3.1).</summary>
    public static ListForm Commas { get; } = new(',', isPlain: false, hasWildcard: false);

    /// <summary>A comma list that may be there without elements (RFC 3261 §20.1-§20.5, §20.37).</summary>
    public static ListForm Offer { get; } = new(',', isPlain: false, hasWildcard: false) { MayBeEmpty = true };

    /// <summary>Contact: addresses, or the asterisk that is none of them (RFC 3261 §10.2.2).</summary>
    public static ListForm Contacts { get; } = new(',', isPlain: false, hasWildcard: true);

    /// <summary>Call-IDs between commas: quotes and brackets are letters like others in them (RFC 3261 §25.1, word).</summary>
    public static ListForm Words { get; } = new(',', isPlain: true, hasWildcard: false);

    /// <summary>Elements between semicolons (RFC 3323 §4.2). A comma separates them too, since many write it.</summary>
    public static ListForm Semicolons { get; } = new(';', isPlain: true, hasWildcard: false);

    /// <summary>Each line is one element: commas separate the element's own parts (RFC 3261 §20.7, §20.27, §20.28, §20.44).</summary>
    public static ListForm Lines { get; } = new('\n', isPlain: true, hasWildcard: false);

    public bool MayBeEmpty { get; private init; }

    public bool MayBeLines => _separator != ';';

    /// <summary>What stands between two elements in one line.</summary>
    public string Joint => _separator == ';' ? ";" : ", ";

    public bool IsOneALine => _separator == '\n';

    public bool IsWildcard(ReadOnlySpan<byte> element) => _hasWildcard && element is [(byte)'*'];

    /// <summary>Takes the next element off the list, empty ones passed over; false when the list is used up.</summary>
    public bool TryNext(ref ReadOnlySpan<byte> list, out ReadOnlySpan<byte> element)
    {
        if (!_isPlain)
            return Grammar.TryNext(ref list, out element);
        element = default;
        while (!list.IsEmpty && element.IsEmpty)
        {
            var end = _separator == '\n' ? -1 : list.IndexOfAny(_separator, (byte)',');
            element = Grammar.Trim(end < 0 ? list : list[..end]);
            list = end < 0 ? default : list[(end + 1)..];
        }
        return !element.IsEmpty;
    }
}

using System.Reflection;
using Rx.Sip.Messages;
using Rx.Sip.Messages.Headers;

namespace Rx.Sip.Benchmarks.Fuzz.Scrutiny;

/// <summary>
/// Reads every typed header there is off a message; off one without defect, whose octets may all be written, what could be read must come
/// out the same when it is written and read again, or be refused by the writer.
/// </summary>
internal sealed class FieldScrutiny
{
    private readonly (HeaderField Field, Action<SipMessage, HeaderField, bool> Read)[] _fields =
    [
        .. new[] { typeof(HeaderFields), typeof(MsHeaderFields) }
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Static))
            .Select(property => property.GetValue(null)).OfType<HeaderField>().Select(field => (field, ReaderOf(field))),
    ];

    public void Examine(SipMessage message, bool hasDefect)
    {
        foreach (var (field, read) in _fields)
            if (message.ReadingOf(field) != HeaderReading.Missing)
                Read(message, field, hasDefect, read);
    }

    // Readers take more than the grammar allows; writers say so of what they can't write (ArgumentException, documented).
    private static void Read(SipMessage message, HeaderField field, bool hasDefect, Action<SipMessage, HeaderField, bool> read)
    {
        try
        {
            read(message, field, hasDefect);
        }
        catch (ArgumentException error) when (error.ParamName == field.Name || error.Message.Contains("would not be read as that value", StringComparison.Ordinal))
        {
        }
    }

    private static Action<SipMessage, HeaderField, bool> ReaderOf(HeaderField field)
    {
        var kind = field.GetType().GetGenericTypeDefinition();
        var name = kind == typeof(HeaderField<>) ? nameof(ReadOne) : kind == typeof(HeaderListField<>) ? nameof(ReadList) : nameof(ReadValue);
        return typeof(FieldScrutiny).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(field.GetType().GetGenericArguments()).CreateDelegate<Action<SipMessage, HeaderField, bool>>();
    }

    private static void ReadOne<T>(SipMessage message, HeaderField any, bool hasDefect) where T : class
    {
        var field = (HeaderField<T>)any;
        if (message.Get(field) is not { } value || hasDefect)
            return;
        var text = field.Write(value);
        Require(field.TryParse(text, out var again) && field.Write(again) == text, field);
    }

    private static void ReadValue<T>(SipMessage message, HeaderField any, bool hasDefect) where T : struct
    {
        var field = (HeaderValueField<T>)any;
        if (message.Get(field) is { } value && !hasDefect)
            Require(field.TryParse(field.Write(value), out var again) && again.Equals(value), field);
    }

    private static void ReadList<T>(SipMessage message, HeaderField any, bool hasDefect) where T : notnull
    {
        var field = (HeaderListField<T>)any;
        foreach (var value in hasDefect ? [] : message.GetAll(field).Take(TypedMembers.MostElements))
        {
            var text = field.Write([value]);
            Require(field.TryParse(text, out var again) && field.Write(again) == text, field);
        }
    }

    private static void Require(bool holds, HeaderField field)
    {
        if (!holds)
            throw new ScrutinyException($"a written {field} reads otherwise");
    }
}

namespace Rx.Sip.Messages.Headers;

/// <summary>Makes a copy of a message with a typed header changed.</summary>
internal static class HeaderEdit
{
    public static MessageFrame Set<T>(SipMessage message, HeaderField<T> field, T value) where T : class
    {
        ArgumentNullException.ThrowIfNull(field);
        return MessageEdit.Set(message, field.Name, field.Write(value));
    }

    public static MessageFrame Set<T>(SipMessage message, HeaderValueField<T> field, T value) where T : struct
    {
        ArgumentNullException.ThrowIfNull(field);
        return MessageEdit.Set(message, field.Name, field.Write(value));
    }

    public static MessageFrame Set<T>(SipMessage message, HeaderListField<T> field, IEnumerable<T> values) where T : notnull
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(values);
        T[] list = [.. values];
        return list.Length == 0 && !field.MayBeEmpty
            ? MessageEdit.Remove(message, field.Name)
            : MessageEdit.Set(message, field.Name, field.WriteLines(list));
    }

    public static MessageFrame Add<T>(SipMessage message, HeaderListField<T> field, T value) where T : notnull
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.MayBeLines
            ? MessageEdit.Add(message, field.Name, field.WriteOne(value))
            : MessageEdit.Set(message, field.Name, field.Write(message.GetAll(field).Append(value)));
    }

    public static MessageFrame Remove(SipMessage message, HeaderField field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return MessageEdit.Remove(message, field.Name);
    }
}

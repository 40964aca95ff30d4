using System.Reflection;
using Rx.Sip.Messages;
using Rx.Sip.Messages.Headers;

namespace Rx.Sip.Tests.Messages.Headers;

/// <summary>One header field, whatever the type of its values, so that a test can run over all there are.</summary>
public abstract class FieldProbe(HeaderField field)
{
    /// <summary>All fields that the library declares.</summary>
    public static IReadOnlyDictionary<string, FieldProbe> All { get; } =
        new[] { typeof(HeaderFields), typeof(MsHeaderFields) }
            .SelectMany(catalogue => catalogue.GetProperties(BindingFlags.Public | BindingFlags.Static))
            .Select(property => Of((HeaderField)property.GetValue(null)!))
            .ToDictionary(probe => probe.Field.Name);

    public HeaderField Field { get; } = field;

    /// <summary>What one value is; of a list, an element.</summary>
    public Type ValueType => Field.GetType().GetGenericArguments()[0];

    /// <summary>What the message has: one value, none, or the elements of a list.</summary>
    public abstract IReadOnlyList<object> Get(SipMessage message);

    public abstract SipRequest With(SipRequest request, IReadOnlyList<object> values);

    public abstract SipResponse With(SipResponse response, IReadOnlyList<object> values);

    public abstract string Write(IReadOnlyList<object> values);

    public abstract IReadOnlyList<object>? Parse(string? text);

    public override string ToString() => Field.Name;

    private static FieldProbe Of(HeaderField field)
    {
        var kind = field.GetType().GetGenericTypeDefinition();
        var probe = kind == typeof(HeaderField<>) ? typeof(One<>) : kind == typeof(HeaderValueField<>) ? typeof(Number<>) : typeof(List<>);
        return (FieldProbe)Activator.CreateInstance(probe.MakeGenericType(field.GetType().GetGenericArguments()), field)!;
    }

    private sealed class One<T>(HeaderField<T> field) : FieldProbe(field) where T : class
    {
        public override IReadOnlyList<object> Get(SipMessage message) => message.Get(field) is { } value ? [value] : [];

        public override SipRequest With(SipRequest request, IReadOnlyList<object> values) => request.With(field, (T)values[0]);

        public override SipResponse With(SipResponse response, IReadOnlyList<object> values) => response.With(field, (T)values[0]);

        public override string Write(IReadOnlyList<object> values) => field.Write((T)values[0]);

        public override IReadOnlyList<object>? Parse(string? text) => field.TryParse(text, out var value) ? [value] : null;
    }

    private sealed class Number<T>(HeaderValueField<T> field) : FieldProbe(field) where T : struct
    {
        public override IReadOnlyList<object> Get(SipMessage message) => message.Get(field) is { } value ? [value] : [];

        public override SipRequest With(SipRequest request, IReadOnlyList<object> values) => request.With(field, (T)values[0]);

        public override SipResponse With(SipResponse response, IReadOnlyList<object> values) => response.With(field, (T)values[0]);

        public override string Write(IReadOnlyList<object> values) => field.Write((T)values[0]);

        public override IReadOnlyList<object>? Parse(string? text) => field.TryParse(text, out var value) ? [value] : null;
    }

    private sealed class List<T>(HeaderListField<T> field) : FieldProbe(field) where T : notnull
    {
        public override IReadOnlyList<object> Get(SipMessage message) => [.. message.GetAll(field).Cast<object>()];

        public override SipRequest With(SipRequest request, IReadOnlyList<object> values) => request.With(field, values.Cast<T>());

        public override SipResponse With(SipResponse response, IReadOnlyList<object> values) => response.With(field, values.Cast<T>());

        public override string Write(IReadOnlyList<object> values) => field.Write(values.Cast<T>());

        public override IReadOnlyList<object>? Parse(string? text) => field.TryParse(text, out var values) ? [.. values.Cast<object>()] : null;
    }
}

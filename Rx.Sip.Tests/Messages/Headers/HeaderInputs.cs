using System.Reflection;
using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Messages;

namespace Rx.Sip.Tests.Messages.Headers;

/// <summary>Texts and values for any header: in order, nearly in order, and meant to break out of where they are put.</summary>
internal static class HeaderInputs
{
    private static readonly string[] Pieces =
    [
        "", "a", "x-y", "0", "7", "4294967296", "*", ";", ";x", ";x=y", ";q=0.5", ";=", "=", ",", ", b", " ", "\t", "\"", "\"a, b;c\"", "\"\\\"\"", "\\", "<", ">",
        "<sip:u@h;lr>", "sip:u@h", "<>", ":", "/", "@", "%", "%41", "(c)", "é", "大", "\u0001", "\u007f", "\ufffd", ".", "-", "SIP/2.0/UDP h", "INVITE", "GMT",
    ];

    private static readonly string[] Texts =
    [
        "presence", "active", "a.b", "1.0", "42", "text", "a@b", "", " ", "a b", "a;b=c", "a,b", "a\r\nVia: x", "a\nb", "a\rb", "a\0b", "\"a\"", "\"a", "<a>", "*", "\\", "a\\", "é 大",
        "\ud800", "-", "12", "\t", "sip:a@b", "a=b", "%zz",
    ];

    private static readonly string[] Uris =
        ["sip:alice@example.test", "sips:h:5061;transport=tls", "sip:[2001:db8::1];lr", "tel:+1408", "http://h/a,b;c?d=e", "sip:a@b?Subject=x%20y", "urn:service:sos", "cid:a@b"];

    private static readonly (string Name, string? Value)[] SomeParameters =
    [
        ("tag", "a48s"), ("to-tag", "1"), ("from-tag", "2"), ("local-tag", "3"), ("remote-tag", "\"4\""), ("info", "<https://a.example/b.cer>"), ("q", "0.5"), ("lr", null),
        ("text", "\"a, b; c\\\" <d>\""), ("expires", "60"), ("x", ""), ("handling", "optional"), ("index", "1.1"), ("é", "大"), ("+sip.instance", "\"<urn:uuid:0>\""),
    ];

    /// <summary>A value of one of the valid forms, changed here and there.</summary>
    public static Gen<string> Mutated(HeaderForms forms) =>
        from start in Gen.Frequency((4, Gen.Elements(forms.Valid.Select(form => form[0]).ToArray())), (1, Gen.Elements(forms.Malformed.Append("").ToArray())))
        from edits in Gen.ListOf(
            from place in Gen.Choose(0, 1000)
            from cut in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(1, 3)))
            from piece in Gen.Elements(Pieces)
            select (place, cut, piece), 3)
        from count in Gen.Elements(0, 0, 1, 1, 2, 3)
        select edits.Take(count).Aggregate(start, (text, edit) =>
        {
            var place = edit.place % (text.Length + 1);
            return text.Remove(place, Math.Min(edit.cut, text.Length - place)).Insert(place, edit.piece);
        });

    /// <summary>A value put together as a user does it, with whatever texts.</summary>
    public static Gen<object> Value(Type type) =>
        type == typeof(string) ? Text.Select(text => (object)text)
        : type == typeof(int) ? Gen.Elements<object>(0, 1, 70, 200, -1, int.MaxValue)
        : type == typeof(uint) ? Gen.Elements<object>(0u, 1u, uint.MaxValue)
        : type == typeof(decimal) ? Gen.Elements<object>(0m, 54.210m, -1m, decimal.MaxValue)
        : type == typeof(TimeSpan) ? Gen.Elements(0, 0.5, 1, 90.001, 3600, 4294967295, 4294967296, -1).Select(seconds => (object)TimeSpan.FromSeconds(seconds))
        : type == typeof(DateTimeOffset) ? Gen.Choose(0, 2_000_000_000).Select(seconds => (object)DateTimeOffset.FromUnixTimeSeconds(seconds).ToOffset(TimeSpan.FromHours(2)))
        : type == typeof(SipUri) ? Gen.Elements(Uris).Select(uri => (object)SipUri.Parse(uri))
        : type == typeof(SipMethod) ? Gen.Elements<object>(SipMethod.Invite, SipMethod.Parse("X-y"), default(SipMethod))
        : type == typeof(SipParameters) ? Parameters.Select(parameters => (object)parameters)
        : type == typeof(IReadOnlyList<KeyValuePair<string, string>>) ? Pairs.Select(pairs => (object)pairs)
        : Record(type);

    private static Gen<string> Text => Gen.Frequency((6, Gen.Elements(Texts.Take(6).ToArray())), (2, Gen.Elements(Texts)), (1, Gen.Elements(Pieces)));

    private static Gen<SipParameters> Parameters =>
        from chosen in Gen.Shuffle(SomeParameters)
        from count in Gen.Choose(0, SomeParameters.Length)
        select chosen.Take(count).Aggregate(SipParameters.Empty, (parameters, parameter) => parameters.With(parameter.Name, parameter.Value));

    private static Gen<IReadOnlyList<KeyValuePair<string, string>>> Pairs =>
        from names in Gen.Shuffle("realm", "nonce", "qop", "response", "algorithm", "nc", "x y")
        from count in Gen.Choose(0, 6)
        from values in Gen.ListOf(Text, 6)
        select (IReadOnlyList<KeyValuePair<string, string>>)[.. names.Take(count).Zip(values, KeyValuePair.Create)];

    private static Gen<object> Record(Type type)
    {
        // The one that takes everything; others are short cuts.
        var constructor = type.GetConstructors()
            .OrderBy(constructor => constructor.GetParameters().Any(parameter => parameter.ParameterType == typeof(SipParameters)))
            .ThenBy(constructor => constructor.GetParameters().Length)
            .Last();
        return constructor.GetParameters()
            .Aggregate(Gen.Constant(Array.Empty<object?>()), (soFar, parameter) =>
                from before in soFar
                from next in Argument(parameter)
                select (object?[])[.. before, next])
            .Select(constructor.Invoke);
    }

    private static Gen<object?> Argument(ParameterInfo parameter)
    {
        var underlying = Nullable.GetUnderlyingType(parameter.ParameterType);
        var value = parameter.Name == "Transport"
            ? Gen.Elements<object?>("UDP", "TLS", "udp", "U DP")
            : Value(underlying ?? parameter.ParameterType).Select(value => (object?)value);
        var mayBeNull = underlying is not null || new NullabilityInfoContext().Create(parameter).ReadState == NullabilityState.Nullable;
        return mayBeNull ? Gen.Frequency((2, value), (1, Gen.Constant<object?>(null))) : value;
    }
}

using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Messages;
using Rx.Sip.Messages.Headers;
using Xunit;

namespace Rx.Sip.Tests.Messages.Headers;

/// <summary>What holds for every header that the library declares, whatever is read from the network or written by a user.</summary>
public class HeaderProperties
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(200);

    public static TheoryData<string> Names => [.. FieldProbe.All.Keys];

    // The body decides its length: it can't be set.
    public static TheoryData<string> NamesToSet => [.. FieldProbe.All.Keys.Where(name => name != "Content-Length")];

    [Theory]
    [MemberData(nameof(Names))]
    public void Whatever_text_is_read_is_read_again_as_the_same_when_it_was_written(string name)
    {
        var (probe, read) = (FieldProbe.All[name], 0);
        Prop.ForAll(HeaderInputs.Mutated(HeaderForms.All[name]).Where(Grammar.IsOneLine).ToArbitrary(), text =>
        {
            var message = Given.Received(name, text);
            var values = probe.Get(message);
            var reading = message.ReadingOf(probe.Field);
            Assert.NotEqual(HeaderReading.Missing, reading);
            Assert.Equal(reading == HeaderReading.Readable, probe.Parse(text) is not null);
            if (values.Count == 0)
                return;
            read++;
            AssertSame(probe, values, probe.Parse(probe.Write(values))!);
            if (name != "Content-Length")
                AssertWritten(probe, values, probe.With(Given.Request, values));
        }).Check(Runs);
        Assert.True(read > 20, $"{name}: only {read} of 200 texts could be read");
    }

    [Theory]
    [MemberData(nameof(NamesToSet))]
    public void Whatever_value_is_written_is_refused_or_read_as_the_same_and_nothing_comes_in_with_it(string name)
    {
        var (probe, written) = (FieldProbe.All[name], 0);
        var isList = probe.Field.GetType().GetGenericTypeDefinition() == typeof(HeaderListField<>);
        var values =
            from count in Gen.Choose(1, isList ? 3 : 1)
            from list in Gen.ListOf(HeaderInputs.Value(probe.ValueType), count)
            select list.ToArray();
        Prop.ForAll(values.ToArbitrary(), list =>
        {
            if (Written(probe, list) is not { } request)
                return;
            written++;
            AssertWritten(probe, list, request);
        }).Check(Runs);
        Assert.True(written > 2, $"{name}: only {written} of 200 values could be written");
    }

    private static SipRequest? Written(FieldProbe probe, object[] values)
    {
        try
        {
            return probe.With(Given.Request, values);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static void AssertWritten(FieldProbe probe, IReadOnlyList<object> values, SipRequest written)
    {
        var read = Given.Reread(written);
        Assert.Equal(Others(probe, Given.Request), Others(probe, read));
        AssertSame(probe, values, probe.Get(read));
        AssertSame(probe, values, probe.Get(written));
        Assert.Equal(HeaderReading.Readable, read.ReadingOf(probe.Field));
    }

    private static List<SipHeader> Others(FieldProbe probe, SipMessage message) =>
        [.. message.Headers.Where(header => header.Name != probe.Field.Name)];

    // A text may lose the white space around it and a time its fraction: then they are written the same.
    private static void AssertSame(FieldProbe probe, IReadOnlyList<object> expected, IReadOnlyList<object> actual)
    {
        if (probe.ValueType.IsValueType || probe.ValueType == typeof(string))
            Assert.Equal(probe.Write(expected), probe.Write(actual));
        else
            Assert.Equal(expected, actual);
    }
}

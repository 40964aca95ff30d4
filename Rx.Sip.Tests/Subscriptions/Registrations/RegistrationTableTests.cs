using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Messages;
using Rx.Sip.Subscriptions.Registrations;
using Xunit;

namespace Rx.Sip.Tests.Subscriptions.Registrations;

/// <summary>The rules of RFC 3680 §5.2.</summary>
public class RegistrationTableTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    [Fact]
    public void Partial_documents_add_up()
    {
        var table = Table(Full(0, "a", "b"), Partial(1, "-a"), Partial(2, "c"));
        Assert.Equal(["b", "c"], Ids(table));
        Assert.False(table.HasGap);
        Assert.Empty(table.Gone);
    }

    [Fact]
    public void A_full_document_takes_the_place_of_all_there_was() => Assert.Equal(["d"], Ids(Table(Full(0, "a", "b"), Full(1, "d"))));

    [Fact]
    public void An_old_document_changes_nothing()
    {
        var table = Table(Full(3, "a"));
        Assert.Same(table, table.With(Full(2, "b"), Now));
        Assert.Same(table, table.With(Partial(3, "b"), Now));
        Assert.Same(table, table.With(Partial(2, "-a"), Now));
    }

    [Fact]
    public void A_notifier_that_does_not_count_is_followed_as_long_as_it_tells_all_there_is() => Assert.Equal(["b"], Ids(Table(Full(0, "a"), Full(0, "b"))));

    [Fact]
    public void A_gap_is_seen_counts_on_and_is_closed_by_a_full_document()
    {
        var table = Table(Full(0, "a"), Partial(2, "c"));
        Assert.True(table.HasGap);
        Assert.Equal(["a", "c"], Ids(table));
        Assert.True(table.With(Partial(3, "d"), Now).HasGap);
        Assert.False(table.With(Full(5, "e"), Now).HasGap);
    }

    [Fact]
    public void What_went_is_told_once()
    {
        var table = Table(Full(0, "a", "b"), Partial(1, "-a"));
        Assert.Equal("a", Assert.Single(table.Gone).Id);
        Assert.Empty(table.With(Partial(2, "c"), Now).Gone);
    }

    [Fact]
    public void The_time_of_a_contact_runs_from_its_notification()
    {
        var told = Full(0, "a") with { Contacts = [Row("a") with { Expires = TimeSpan.FromMinutes(1) }, Row("b")] };
        var table = RegistrationTable.Empty.With(told, Now + TimeSpan.FromHours(1)).With(Partial(1, "c"), Now + TimeSpan.FromHours(2));
        Assert.Equal([Now + TimeSpan.FromMinutes(61), DateTimeOffset.MaxValue, DateTimeOffset.MaxValue], table.Contacts.Select(row => row.Until));
    }

    [Fact]
    public void There_is_an_end_to_contacts_that_partial_documents_add()
    {
        var table = RegistrationTable.Empty;
        for (var version = 0u; version < 10; version++)
            table = table.With(Partial(version, [.. Enumerable.Range(0, 200).Select(id => $"{version}-{id}")]), Now);
        Assert.Equal(800, table.Contacts.Count);
    }

    /// <summary>Whatever gets lost, doubled or overtaken: behind a full document all is as the notifier has it.</summary>
    [Fact]
    public void A_full_document_makes_everything_right() => Prop.ForAll(
        Arb.From(from order in Gen.ArrayOf(Gen.Choose(0, 30)) from seed in Gen.Choose(0, 1000) select (order, seed)),
        one =>
        {
            var random = new Random(one.seed);
            var truth = new SortedSet<string>(StringComparer.Ordinal);
            var documents = Enumerable.Range(0, 31).Select(version =>
            {
                var name = $"{(char)('a' + random.Next(6))}";
                var isNew = truth.Add(name);
                if (!isNew)
                    truth.Remove(name);
                return Partial((uint)version, isNew ? name : "-" + name);
            }).ToList();
            var table = one.order.Aggregate(Table(Full(0)), (so, index) => so.With(documents[index], Now)).With(Full(31, [.. truth]), Now);
            return Ids(table).SequenceEqual(truth) && !table.HasGap;
        }).QuickCheckThrowOnFailure();

    private static RegistrationTable Table(params RegistrationInformation[] documents) => documents.Aggregate(RegistrationTable.Empty, (table, document) => table.With(document, Now));

    private static IEnumerable<string> Ids(RegistrationTable table) => table.Contacts.Select(row => row.Id).Order(StringComparer.Ordinal);

    private static RegistrationInformation Full(uint version, params string[] contacts) => Partial(version, contacts) with { IsFull = true };

    private static RegistrationInformation Partial(uint version, params string[] contacts) =>
        new(version, false, ImmutableDictionary<string, string>.Empty.Add("r", "sip:a@b"), [.. contacts.Select(Row)]);

    private static ContactElement Row(string name)
    {
        var id = name.TrimStart('-');
        return new ContactElement("r", id, new NameAddress(SipUri.Parse($"sip:{id}@example.test")), name == id, name == id ? ContactEvent.Registered : ContactEvent.Unregistered);
    }
}

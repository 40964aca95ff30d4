using System.Reflection;

namespace Rx.Sip.Tests.Architecture;

/// <summary>What the shipped assemblies show to their users.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static Assembly Library { get; } = Assembly.Load("Rx.Sip");

    public static Assembly Testing { get; } = Assembly.Load("Rx.Sip.Testing");

    public static IReadOnlyList<Assembly> Assemblies { get; } = [Library, Testing];

    /// <summary>Public types, nested ones included, in a fixed order. Those the compiler makes for extension blocks are left out.</summary>
    public static IEnumerable<Type> Types =>
        Assemblies.SelectMany(assembly => assembly.GetExportedTypes()).Where(type => !type.FullName!.Contains('<', StringComparison.Ordinal)).OrderBy(type => type.FullName, StringComparer.Ordinal);

    /// <summary>The members of a type that its users or its heirs see. What the compiler adds to records is left out.</summary>
    public static IEnumerable<MemberInfo> MembersOf(Type type) =>
        type.GetMembers(Declared).Where(member => member is not Type && IsVisible(member) && !IsMechanical(member));

    public static IEnumerable<MethodInfo> Methods => Types.SelectMany(MembersOf).OfType<MethodInfo>();

    public static IEnumerable<MethodBase> MethodsAndConstructors => Types.SelectMany(MembersOf).OfType<MethodBase>();

    /// <summary>Property accessors are shown with their property, so not as methods.</summary>
    public static bool IsAccessor(MethodBase method) => method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal) && method is MethodInfo;

    public static bool IsRecord(Type type) =>
        type.GetMethod("PrintMembers", Declared, [typeof(System.Text.StringBuilder)]) is not null;

    public static bool IsVisible(MethodBase? method) => method is { IsPublic: true } or { IsFamily: true } or { IsFamilyOrAssembly: true };

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => IsVisible(method) && !IsAccessor(method),
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        EventInfo @event => IsVisible(@event.AddMethod),
        _ => false,
    };

    private static bool IsMechanical(MemberInfo member) =>
        member.Name is "<Clone>$" or "EqualityContract" or "PrintMembers" or "value__"
        || (member is MethodInfo { Name: "Equals" or "GetHashCode" or "ToString" or "op_Equality" or "op_Inequality" })
        || (member is ConstructorInfo constructor && IsRecord(member.DeclaringType!) && constructor.GetParameters() is [var only] && only.ParameterType == member.DeclaringType);
}

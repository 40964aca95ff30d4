using System.Reflection;

namespace Rx.Sip.Tests.Architecture;

/// <summary>The names that XML documentation files and lists of banned symbols give to members (C# specification, annex D.4).</summary>
internal static class DocumentationId
{
    public static string Of(MemberInfo member) => member switch
    {
        Type type => $"T:{Name(type)}",
        FieldInfo field => $"F:{Name(field.DeclaringType!)}.{field.Name}",
        PropertyInfo property => $"P:{Name(property.DeclaringType!)}.{property.Name}{Parameters(property.GetIndexParameters())}",
        EventInfo @event => $"E:{Name(@event.DeclaringType!)}.{@event.Name}",
        ConstructorInfo constructor => $"M:{Name(constructor.DeclaringType!)}.#ctor{Parameters(constructor.GetParameters())}",
        MethodInfo method => $"M:{Name(method.DeclaringType!)}.{method.Name}{Arity(method)}{Parameters(method.GetParameters())}",
        _ => throw new ArgumentException($"{member.MemberType} has no documentation", nameof(member)),
    };

    private static string Name(Type type) => type.FullName!.Replace('+', '.');

    private static string Arity(MethodInfo method) => method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "";

    private static string Parameters(ParameterInfo[] parameters) =>
        parameters.Length == 0 ? "" : $"({string.Join(',', parameters.Select(parameter => Reference(parameter.ParameterType)))})";

    private static string Reference(Type type)
    {
        if (type.IsByRef)
            return $"{Reference(type.GetElementType()!)}@";
        if (type.IsArray)
            return $"{Reference(type.GetElementType()!)}[{string.Join(',', Enumerable.Repeat(type.GetArrayRank() > 1 ? "0:" : "", type.GetArrayRank()))}]";
        if (type.IsGenericParameter)
            return $"{(type.DeclaringMethod is null ? "`" : "``")}{type.GenericParameterPosition}";
        return type.IsGenericType ? Constructed(type) : Name(type);
    }

    // Each level of nesting shows its own arguments: Outer{X}.Inner{Y}.
    private static string Constructed(Type type)
    {
        var arguments = type.GetGenericArguments();
        var inherited = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        var own = arguments[inherited..];
        var outer = type.DeclaringType switch
        {
            null => type.Namespace,
            { IsGenericTypeDefinition: true } generic => Constructed(generic.MakeGenericType(arguments[..inherited])),
            var plain => Name(plain),
        };
        return $"{outer}.{type.Name.Split('`')[0]}{(own.Length > 0 ? $"{{{string.Join(',', own.Select(Reference))}}}" : "")}";
    }
}

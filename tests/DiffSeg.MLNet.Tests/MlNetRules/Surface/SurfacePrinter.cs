using System.Globalization;
using System.Reflection;

namespace DiffSeg.MLNet.Tests.MlNetRules.Surface;

/// <summary>
/// Writes an assembly's public members in the form of public-api.txt: "assembly | type | member", one a line. A reader
/// of the list needs nothing but the type's and the member's signature: names in full, defaults as values.
/// </summary>
internal static class SurfacePrinter
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Lines(Assembly assembly) =>
        from type in assembly.GetTypes()
        where IsVisible(type)
        from member in Members(type)
        select $"{assembly.GetName().Name} | {SignatureText.Declared(type)} | {member}";

    private static bool IsVisible(Type type) =>
        type.IsNested ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!)
        : type.IsPublic;

    private static IEnumerable<string> Members(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            MethodInfo invoke = type.GetMethod("Invoke")!;
            return ["delegate", $"delegate {SignatureText.Of(invoke.ReturnType)} ({SignatureText.Of(invoke.GetParameters())})"];
        }
        if (type.IsEnum)
        {
            return type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(f => $"enum {f.Name} = {Convert.ToDecimal(f.GetRawConstantValue(), CultureInfo.InvariantCulture)}")
                .Prepend("enum");
        }
        return new[] { Header(type) }
            .Concat(type.GetConstructors(Declared).Where(IsVisible).Select(c => $"{Access(c)} ctor({SignatureText.Of(c.GetParameters())})"))
            .Concat(type.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly).Select(Field))
            .Concat(type.GetProperties(Declared).Select(Property).OfType<string>())
            .Concat(type.GetEvents(Declared).Where(e => IsVisible(e.AddMethod!))
                .Select(e => $"event {SignatureText.Of(e.EventHandlerType!)} {e.Name}"))
            .Concat(type.GetMethods(Declared).Where(m => IsVisible(m) && !m.IsSpecialName).Select(Method));
    }

    private static string Header(Type type)
    {
        string kind = type.IsInterface ? "interface"
            : type.IsValueType ? "struct"
            : type.IsAbstract && type.IsSealed ? "static class"
            : type.IsAbstract ? "abstract class"
            : type.IsSealed ? "sealed class" : "class";
        bool hasBase = type.IsClass && type.BaseType is { } parent && parent != typeof(object) && IsVisibleAnywhere(parent);
        string[] bases = [
            .. hasBase ? new[] { SignatureText.Of(type.BaseType!) } : [],
            .. type.GetInterfaces().Where(IsVisibleAnywhere).Select(SignatureText.Of).Order(StringComparer.Ordinal)];
        return bases.Length == 0 ? kind : $"{kind} : {string.Join(", ", bases)}";
    }

    private static bool IsVisibleAnywhere(Type type) => IsVisible(type.IsGenericType ? type.GetGenericTypeDefinition() : type);

    private static string Field(FieldInfo field) =>
        (field.IsPublic ? "public " : "protected ") + (field.IsStatic ? "static " : "")
        + (field.IsInitOnly && !field.IsStatic ? "readonly " : "") + $"field {SignatureText.Of(field.FieldType)} {field.Name}";

    private static string? Property(PropertyInfo property)
    {
        string[] accessors = [
            .. property.GetMethod is { } getter && IsVisible(getter) ? [$"{Access(getter)} get; "] : Array.Empty<string>(),
            .. property.SetMethod is { } setter && IsVisible(setter) ? [$"{Access(setter)} set; "] : Array.Empty<string>()];
        ParameterInfo[] index = property.GetIndexParameters();
        return accessors.Length == 0
            ? null
            : $"property {SignatureText.Of(property.PropertyType)} {property.Name}"
                + (index.Length > 0 ? $"[{SignatureText.Of(index)}]" : "") + $" {{ {string.Concat(accessors)}}}";
    }

    private static string Method(MethodInfo method)
    {
        string kind = method.IsStatic ? " static" : method.IsAbstract ? " abstract"
            : method is { IsVirtual: true, IsFinal: false } ? " virtual" : "";
        string generic = method.IsGenericMethodDefinition
            ? $"<{string.Join(",", method.GetGenericArguments().Select(a => a.Name))}>" : "";
        return $"{Access(method)}{kind} {SignatureText.Of(method.ReturnType)} {method.Name}{generic}({SignatureText.Of(method.GetParameters())})";
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Access(MethodBase method) => method.IsPublic ? "public" : "protected";
}

using System.Reflection;
using System.Text;

namespace Bot.Framework.Tests.Api;

#pragma warning disable IDE0011, IDE0055, IDE0007, CA1310, CA1304, CA1307 // Kept as close as can be to the program that made the reference list.

/// <summary>
/// Writes the public and protected API of an assembly, one sorted line per member, in the format of <c>botbuilder-api-4.23.txt</c>:
/// <c>Full.Type.Member(ParamType, ParamType) : ReturnType [modifiers; params: a, b=default; json: name]</c>.
/// </summary>
internal sealed class ApiDump
{
    private readonly SortedSet<string> _lines = new(StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Of(string assemblyPath)
    {
        var folders = new[] { Path.GetDirectoryName(assemblyPath)!, Path.GetDirectoryName(typeof(object).Assembly.Location)!, Path.GetDirectoryName(typeof(Microsoft.AspNetCore.Http.HttpContext).Assembly.Location)! };
        var paths = folders.SelectMany(folder => Directory.GetFiles(folder, "*.dll")).DistinctBy(Path.GetFileName, StringComparer.OrdinalIgnoreCase);
        using var context = new MetadataLoadContext(new PathAssemblyResolver(paths));
        var dump = new ApiDump();
        foreach (var type in context.LoadFromAssemblyPath(assemblyPath).GetTypes().Where(Visible))
        {
            dump.Dump(type);
        }

        return dump._lines;
    }

    private static bool Visible(Type t) => t.IsNested ? (t.IsNestedPublic || t.IsNestedFamily || t.IsNestedFamORAssem) && Visible(t.DeclaringType!) : t.IsPublic;
    private static bool VisM(MethodBase? m) => m != null && (m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly);

    private void Dump(Type t)
    {
        var n = Name(t, true);
        var kind = t.IsEnum ? "enum" : t.IsInterface ? "interface" : t.IsValueType ? "struct" : t.BaseType?.FullName == "System.MulticastDelegate" ? "delegate" : "class";
        var mods = new List<string> { kind };
        if (t.IsAbstract && t.IsSealed) mods.Add("static"); else if (t.IsAbstract && !t.IsInterface) mods.Add("abstract"); else if (t.IsSealed && kind == "class") mods.Add("sealed");
        if (t.IsNestedFamily) mods.Add("protected");
        if (Has(t, "System.ObsoleteAttribute")) mods.Add("obsolete");
        var bases = new List<string>();
        if (kind == "class" && t.BaseType != null && t.BaseType.FullName != "System.Object") bases.Add(Name(t.BaseType, true));
        if (kind is "class" or "interface" or "struct") bases.AddRange(t.GetInterfaces().Select(i => Name(i, true)).Order(StringComparer.Ordinal));
        _lines.Add($"{n} : {(bases.Count == 0 ? "-" : string.Join(", ", bases))} [type {string.Join(' ', mods)}{Where(t.GetGenericArguments())}]");
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        if (kind == "delegate") { var m = t.GetMethod("Invoke")!; _lines.Add($"{n}.Invoke({Params(m)}) : {Name(m.ReturnType, true)} [delegate{Extra(m)}]"); return; }
        foreach (var f in t.GetFields(all))
        {
            if (!(f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly) || f.IsSpecialName) continue;
            var m = new List<string> { f.IsPublic ? "public" : "protected" };
            if (f.IsLiteral) m.Add("const"); else { if (f.IsStatic) m.Add("static"); if (f.IsInitOnly) m.Add("readonly"); }
            if (Has(f, "System.ObsoleteAttribute")) m.Add("obsolete");
            var val = f.IsLiteral ? " = " + Lit(f.GetRawConstantValue()) : "";
            var em = Ctor(f, "System.Runtime.Serialization.EnumMemberAttribute", "Value");
            _lines.Add($"{n}.{f.Name} : {Name(f.FieldType, true)}{val} [{string.Join(' ', m)} field{(em != null ? "; json: " + em : "")}]");
        }
        foreach (var p in t.GetProperties(all))
        {
            var g = p.GetMethod; var s = p.SetMethod;
            if (!VisM(g) && !VisM(s)) continue;
            var a = VisM(g) ? g! : s!;
            var acc = new List<string>();
            if (VisM(g)) acc.Add(Acc(g!, a) + "get");
            if (VisM(s)) acc.Add(Acc(s!, a) + (s!.ReturnParameter.GetRequiredCustomModifiers().Any(x => x.Name == "IsExternalInit") ? "init" : "set"));
            var idx = p.GetIndexParameters();
            var json = Ctor(p, "Newtonsoft.Json.JsonPropertyAttribute", "PropertyName") ?? Ctor(p, "System.Text.Json.Serialization.JsonPropertyNameAttribute", "Name");
            _lines.Add($"{n}.{p.Name}{(idx.Length > 0 ? "[" + string.Join(", ", idx.Select(i => Name(i.ParameterType, true))) + "]" : "")} : {Name(p.PropertyType, true)} [{Mods(a)} {{ {string.Join("; ", acc)}; }}{(Has(p, "System.ObsoleteAttribute") ? "; obsolete" : "")}{(json != null ? "; json: " + json : "")}]");
        }
        foreach (var e in t.GetEvents(all)) if (VisM(e.AddMethod)) _lines.Add($"{n}.{e.Name} : {Name(e.EventHandlerType!, true)} [{Mods(e.AddMethod!)} event]");
        foreach (var c in t.GetConstructors(all)) if (VisM(c) && !c.IsStatic) _lines.Add($"{n}..ctor({Params(c)}) [{(c.IsPublic ? "public" : "protected")}{Extra(c)}]");
        foreach (var m in t.GetMethods(all))
        {
            if (!VisM(m) || (m.IsSpecialName && !m.Name.StartsWith("op_"))) continue;
            var ga = m.IsGenericMethodDefinition ? "<" + string.Join(", ", m.GetGenericArguments().Select(x => x.Name)) + ">" : "";
            _lines.Add($"{n}.{m.Name}{ga}({Params(m)}) : {Name(m.ReturnType, true)} [{Mods(m)}{Extra(m)}{(m.IsGenericMethodDefinition ? Where(m.GetGenericArguments()) : "")}]");
        }
    }

    private static string Acc(MethodBase m, MethodBase main) => m.IsPublic == main.IsPublic ? "" : m.IsPublic ? "public " : "protected ";
    private static string Mods(MethodBase m)
    {
        var l = new List<string> { m.IsPublic ? "public" : "protected" };
        if (m.IsStatic) l.Add("static");
        if (m.DeclaringType!.IsInterface) { }
        else if (m.IsAbstract) l.Add("abstract");
        else if (m is MethodInfo mi && m.IsVirtual)
        {
            var newslot = (m.Attributes & MethodAttributes.NewSlot) != 0;
            if (!newslot) l.Add(m.IsFinal ? "sealed override" : "override"); else if (!m.IsFinal) l.Add("virtual");
        }
        return string.Join(' ', l);
    }
    private static string Where(Type[] ga)
    {
        var l = new List<string>();
        foreach (var g in ga.Where(x => x.IsGenericParameter))
        {
            var c = new List<string>();
            var a = g.GenericParameterAttributes;
            if (a.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint)) c.Add("class");
            if (a.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint)) c.Add("struct");
            c.AddRange(g.GetGenericParameterConstraints().Where(x => x.FullName != "System.ValueType").Select(x => Name(x, true)));
            if (a.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !c.Contains("struct")) c.Add("new()");
            if (c.Count > 0) l.Add($"{g.Name}: {string.Join(", ", c)}");
        }
        return l.Count == 0 ? "" : "; where " + string.Join("; ", l);
    }
    private static string Extra(MethodBase m)
    {
        var sb = new StringBuilder();
        if (Has(m, "System.Runtime.CompilerServices.ExtensionAttribute")) sb.Append(" extension");
        if (Has(m, "System.ObsoleteAttribute")) sb.Append(" obsolete");
        var ps = m.GetParameters();
        if (ps.Length > 0) sb.Append("; params: ").Append(string.Join(", ", ps.Select(p => p.Name + (p.HasDefaultValue ? "=" + Lit(p.RawDefaultValue) : ""))));
        return sb.ToString();
    }
    private static string Params(MethodBase m) => string.Join(", ", m.GetParameters().Select(p =>
        (p.IsOut ? "out " : p.ParameterType.IsByRef ? "ref " : Has(p, "System.ParamArrayAttribute") ? "params " : "") + Name(p.ParameterType.IsByRef ? p.ParameterType.GetElementType()! : p.ParameterType, true)));
    private static string Lit(object? v) => v switch { null => "null", string s => "\"" + s.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\r", "\\r") + "\"", bool b => b ? "true" : "false", _ => Convert.ToString(v, System.Globalization.CultureInfo.InvariantCulture)! };
    private static bool Has(object o, string full) => Data(o).Any(a => { try { return a.AttributeType.FullName == full; } catch { return false; } });
    private static IList<CustomAttributeData> Data(object o) => o switch { ParameterInfo p => p.GetCustomAttributesData(), MemberInfo m => m.GetCustomAttributesData(), _ => [] };
    private static string? Ctor(MemberInfo m, string full, string named)
    {
        foreach (var a in m.GetCustomAttributesData())
            if (a.AttributeType.FullName == full)
            {
                foreach (var x in a.NamedArguments) if (x.MemberName == named) return x.TypedValue.Value as string;
                if (a.ConstructorArguments.Count > 0) return a.ConstructorArguments[0].Value as string;
            }
        return null;
    }
    private static string Name(Type t, bool full)
    {
        if (t.IsGenericParameter) return t.Name;
        if (t.IsArray) return Name(t.GetElementType()!, full) + "[]";
        if (t.IsByRef) return Name(t.GetElementType()!, full) + "&";
        switch (t.FullName)
        {
            case "System.String": return "string"; case "System.Int32": return "int"; case "System.Int64": return "long"; case "System.Boolean": return "bool";
            case "System.Object": return "object"; case "System.Void": return "void"; case "System.Double": return "double"; case "System.Byte": return "byte";
        }
        if (t.IsGenericType && !t.IsGenericTypeDefinition && t.GetGenericTypeDefinition().FullName == "System.Nullable`1") return Name(t.GetGenericArguments()[0], full) + "?";
        var args = t.GetGenericArguments();
        var outer = t.IsNested ? Name(t.DeclaringType!, full).Split('<')[0] + "." : t.Namespace is { Length: > 0 } ns ? ns + "." : "";
        var name = t.Name.Split('`')[0];
        return outer + name + (args.Length > 0 ? "<" + string.Join(", ", args.Select(a => Name(a, full))) + ">" : "");
    }
}

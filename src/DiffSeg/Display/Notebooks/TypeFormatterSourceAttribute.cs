namespace DiffSeg.Display.Notebooks;

/// <summary>
/// Tells .NET Interactive how to show a type. It finds the attribute by its name and asks it for these two properties, so
/// nothing depends on its package, and a notebook that has never heard of DiffSeg shows pictures.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute : Attribute
{
    /// <summary>A type with a public constructor without parameters and a public method CreateTypeFormatters.</summary>
    public Type FormatterSourceType => typeof(DisplayFormatterSource);

    /// <summary>What a cell shows. HTML alone: each further type would be stored in the notebook besides.</summary>
    public string[] PreferredMimeTypes => [DisplayFormatter.Html];
}

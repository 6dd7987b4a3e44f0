namespace Microsoft.ML.Data;

/// <summary>Base of attributes that give a member a column type of its own, such as an image.</summary>
public abstract class DataViewTypeAttribute : Attribute, IEquatable<DataViewTypeAttribute>
{
    protected DataViewTypeAttribute() { }

    public abstract bool Equals(DataViewTypeAttribute? other);

    /// <summary>Makes the type that the attribute describes known to the type system.</summary>
    public abstract void Register();
}

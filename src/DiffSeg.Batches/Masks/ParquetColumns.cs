using Parquet.Schema;

namespace DiffSeg.Batches.Masks;

/// <summary>The columns of a Parquet file of masks; none is ever null.</summary>
internal static class ParquetColumns
{
    public static readonly DataField Index = new DataField<int>("index");
    public static readonly DataField Image = new DataField<string>("image", nullable: false);
    public static readonly DataField Height = new DataField<int>("height");
    public static readonly DataField Width = new DataField<int>("width");
    public static readonly DataField Mask = new DataField<byte[]>("mask", nullable: false);
    public static readonly ParquetSchema Schema = new(Index, Image, Height, Width, Mask);
}

using DiffSeg.Onnx.Graphs;

namespace DiffSeg.Onnx.Aggregation;

/// <summary>Brings the maps of a coarse resolution to the finest one.</summary>
internal static class Upsampling
{
    /// <summary>
    /// Maps [tokens, h · w] to [tokens, H · W], of each picture: bilinear, half-pixel centres, edge clamp. As two products with the
    /// weights of the rows and of the columns, which run anywhere and mean the same in every version of ONNX.
    /// </summary>
    public static Value ToGrid(Value maps, LayerValue from, LayerValue to)
    {
        GraphBuilder graph = maps.Graph;
        Value columns = graph.Once($"columns_{from.Width}_{to.Width}", Weights(from.Width, to.Width), to.Width, from.Width).Transpose();
        Value rows = graph.Once($"rows_{from.Height}_{to.Height}", Weights(from.Height, to.Height), to.Height, from.Height);
        Value wide = maps.Reshape(from.Pictures.Before(from.Tokens, from.Height, from.Width)).MatMul(columns);
        return rows.MatMul(wide).Reshape(from.Pictures.Before(from.Tokens, to.Tokens));
    }

    /// <summary>The fine maps plus the coarse ones, each repeated for all fine query tokens that it covers (nearest).</summary>
    /// <param name="fine">[fine tokens, tokens], of each picture.</param>
    /// <param name="fineGrid">Its grid of queries.</param>
    /// <param name="coarse">[coarse tokens, tokens], of each picture.</param>
    /// <param name="coarseGrid">Its grid of queries, whose sides divide those of the fine one.</param>
    /// <param name="tokens">Tokens of a map.</param>
    public static Value AddRepeated(Value fine, LayerValue fineGrid, Value coarse, LayerValue coarseGrid, long tokens)
    {
        long rows = coarseGrid.Height;
        long columns = coarseGrid.Width;
        PicturesPerRun pictures = fineGrid.Pictures;
        Value blocks = fine.Reshape(pictures.Before(rows, fineGrid.Height / rows, columns, fineGrid.Width / columns, tokens));
        Value repeated = coarse.Reshape(pictures.Before(rows, 1, columns, 1, tokens));
        return (blocks + repeated).Reshape(pictures.Before(fineGrid.Tokens, tokens));
    }

    /// <summary>[to, from]: how much each position of the finer axis takes from each of the coarser one.</summary>
    private static float[] Weights(int from, int to)
    {
        var weights = new float[to * from];
        for (int i = 0; i < to; i++)
        {
            double position = Math.Clamp(((i + 0.5) * from / to) - 0.5, 0, from - 1);
            for (int j = 0; j < from; j++)
            {
                weights[(i * from) + j] = (float)Math.Max(0, 1 - Math.Abs(position - j));
            }
        }

        return weights;
    }
}

// The only module that knows the chart library: it is large, and comes when the first chart is shown.
import { useComputedColorScheme } from "@mantine/core";
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { type ECharts, type EChartsCoreOption, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import type { ChartProps } from "./Chart.tsx";

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

// Told apart by people who see few colours too (after Okabe and Ito).
const COLOURS = ["#4263eb", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#868e96"];

export default function ChartDrawing(props: ChartProps & { height: number }) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts>(null);
  const isDark = useComputedColorScheme("light") === "dark";
  useEffect(() => {
    if (!place.current) return;
    const drawn = init(place.current, null, { renderer: "svg" });
    chart.current = drawn;
    const watcher = new ResizeObserver(() => drawn.resize());
    watcher.observe(place.current);
    return () => {
      watcher.disconnect();
      drawn.dispose();
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption(optionsOf(props, isDark), { notMerge: true });
  }, [props, isDark]);
  return <div ref={place} style={{ height: props.height }} />;
}

function optionsOf(
  { kind, series, format, range, interval, isCount }: ChartProps,
  isDark: boolean,
): EChartsCoreOption {
  const [ink, rule] = isDark ? ["#c9c9c9", "#424242"] : ["#495057", "#dee2e6"];
  const isBar = kind === "bar" || kind === "stack";
  return {
    animation: false,
    color: COLOURS,
    // A name that a canvas knows too: with it the library measures how much room a text takes.
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 8, right: 16, top: series.length > 1 ? 36 : 16, bottom: 8, containLabel: true },
    legend: { show: series.length > 1, top: 0, textStyle: { color: ink } },
    tooltip: {
      trigger: "axis",
      confine: true,
      valueFormatter: (value: unknown) => (typeof value === "number" ? format(value) : "–"),
    },
    xAxis: {
      type: "time",
      axisLabel: { color: ink, hideOverlap: true },
      axisLine: { lineStyle: { color: rule } },
    },
    yAxis: {
      type: "value",
      min: range?.[0],
      max: range?.[1],
      interval,
      minInterval: isCount ? 1 : undefined,
      axisLabel: { color: ink, formatter: (value: number) => format(value) },
      splitLine: { lineStyle: { color: rule } },
    },
    series: series.map(({ name, points, colour }) => ({
      name,
      color: colour,
      type: isBar ? "bar" : "line",
      stack: kind === "stack" || kind === "area" ? "all" : undefined,
      areaStyle: kind === "area" ? {} : undefined,
      showSymbol: points.length < 40,
      barMaxWidth: 28,
      data: points,
    })),
  };
}

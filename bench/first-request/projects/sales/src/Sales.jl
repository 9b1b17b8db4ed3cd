# Sums of a table of sales.
module Sales

using CSV, DataFrames

"The table's text as a table of sums by region, the largest first."
function totals(text::String)
    sales = CSV.read(IOBuffer(text), DataFrame)
    sums = combine(groupby(sales, :region), :amount => sum => :total, nrow => :sales)
    sort!(sums, :total; rev = true)
    output = IOBuffer()
    CSV.write(output, sums)
    return String(take!(output))
end

const EXAMPLE = "region,day,amount\n" * join(string("region", i % 5, ",2024-01-", lpad(i % 28 + 1, 2, '0'), ",", i / 4, "\n") for i in 1:200)

end

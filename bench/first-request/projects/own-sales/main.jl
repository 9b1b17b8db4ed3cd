import Sales
for _ in 1:2
    print(Sales.totals(Sales.EXAMPLE))
    println("answer")
    flush(stdout)
end

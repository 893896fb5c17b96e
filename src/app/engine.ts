/** Version of the calculation, told with every result. It changes whenever a result may. */
export const ENGINE = '0.3.1';
